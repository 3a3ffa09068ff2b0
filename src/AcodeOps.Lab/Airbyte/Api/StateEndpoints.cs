using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The sync state of a connection, read and written (Configuration API).</summary>
internal static class StateEndpoints
{
    public static void MapState(this WebApplication app, AirbyteStore store, JobLedger ledger)
    {
        app.MapPost("/api/v1/state/get", async (HttpRequest request, CancellationToken cancel) =>
            Answer.Json(Read(store.SyncStateOf(ConnectionOf(store, await RequestBody.ReadAsync(request, cancel)).Id))));
        app.MapPost("/api/v1/state/create_or_update_safe", async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Connection connection = ConnectionOf(store, body);
            JsonObject given = body["connectionState"] as JsonObject ?? throw KnownException.BadRequest("connectionState is required");
            if (ledger.UnfinishedOf(connection.Id) is not null)
            {
                throw KnownException.Locked($"State cannot be updated while a sync is running. connectionId: {connection.Id}");
            }

            ConnectionSyncState state = Merged(store.SyncStateOf(connection.Id), given);
            store.History.Write("state", new() { ["connectionId"] = connection.Id, ["written"] = true, ["state"] = given.DeepClone() });
            store.SyncStates.Put(state);
            return Answer.Json(Read(state));
        });
    }

    /// <summary>The connection that a Configuration API body names.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public static Connection ConnectionOf(AirbyteStore store, JsonObject body)
    {
        string id = body.OptionalText("connectionId") ?? throw KnownException.BadRequest("connectionId is required");
        return store.Connections.Find(id) ?? throw KnownException.NotFound("STANDARD_SYNC", id);
    }

    /// <summary>Streams that are given replace their like (or remove it, by null); streams that are not given stay.</summary>
    private static ConnectionSyncState Merged(ConnectionSyncState before, JsonObject given)
    {
        switch (given.OptionalText("stateType"))
        {
            case "stream":
                IEnumerable<JsonNode?> streams = given["streamState"] as JsonArray ?? throw KnownException.BadRequest("streamState is required");
                return streams.Aggregate(before, (ConnectionSyncState state, JsonNode? one) =>
                {
                    JsonObject descriptor = one!["streamDescriptor"] as JsonObject ?? throw KnownException.BadRequest("streamDescriptor is required");
                    return state.With(descriptor.OptionalText("namespace"), descriptor.Text("name"), (one["streamState"] as JsonObject)?.DeepClone().AsObject());
                });
            case "global":
                JsonObject global = given["globalState"] as JsonObject ?? throw KnownException.BadRequest("globalState is required");
                return before with { StateType = "global", Streams = [], GlobalState = global.DeepClone().AsObject() };
            case "not_set":
                return before;
            default:
                throw KnownException.BadRequest("stateType must be stream, global or not_set");
        }
    }

    private static JsonObject Read(ConnectionSyncState state)
    {
        JsonObject read = new() { ["stateType"] = state.StateType, ["connectionId"] = state.ConnectionId };
        if (state.StateType == "stream")
        {
            read["streamState"] = new JsonArray([.. state.Streams.Select(s => new JsonObject
            {
                ["streamDescriptor"] = JobReads.Descriptor(s.Name, s.Namespace),
                ["streamState"] = s.Blob.DeepClone(),
            })]);
        }

        if (state.GlobalState is not null)
        {
            read["globalState"] = state.GlobalState.DeepClone();
        }

        return read;
    }
}
