using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MySqlConnector;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>check_connection of the Configuration API: it really connects, and a failed check is a 200 that says so.</summary>
internal static class CheckEndpoints
{
    public static void MapChecks(this WebApplication app, AirbyteStore store, FaultBoard faults)
    {
        foreach (ActorKind kind in Enum.GetValues<ActorKind>())
        {
            string path = $"/api/v1/{kind.Wire()}s/check_connection";
            app.MapPost(path, async (HttpRequest request, CancellationToken cancel) =>
            {
                Actor actor = Find(store, kind, await RequestBody.ReadAsync(request, cancel));
                return await CheckAsync(actor, faults, cancel);
            });
            app.MapPost(path + "_for_update", async (HttpRequest request, CancellationToken cancel) =>
            {
                // The configuration as it would be, before anybody saves it; masked secrets are taken from the saved one.
                JsonObject body = await RequestBody.ReadAsync(request, cancel);
                Actor actor = Find(store, kind, body);
                JsonObject given = body["connectionConfiguration"] as JsonObject ?? throw KnownException.BadRequest("connectionConfiguration is required");
                JsonObject schema = ConnectorSpecifications.Of(actor).Schema();
                JsonObject configuration = ConfigurationSchema.WithKeptSecrets(given, actor.Configuration, schema);
                return ConfigurationSchema.FindFault(configuration, schema) is null
                    ? await CheckAsync(actor with { Configuration = configuration }, faults, cancel)
                    : throw KnownException.Anonymous(422);
            });
        }
    }

    private static Actor Find(AirbyteStore store, ActorKind kind, JsonObject body)
    {
        string id = body.OptionalText(kind.Wire() + "Id") ?? "";
        return store.Actors.Find(id) is { Deleted: false } found && found.Kind == kind
            ? found
            : throw KnownException.NotFound($"{kind.ToString().ToUpperInvariant()}_CONNECTION", id);
    }

    private static async Task<IResult> CheckAsync(Actor actor, FaultBoard faults, CancellationToken cancel)
    {
        DateTimeOffset startedAt = DateTimeOffset.UtcNow;
        JobFailure? failure = null;
        try
        {
            if (actor.Kind == ActorKind.Source)
            {
                await using MySqlConnection connection = await new MySqlSource(actor, faults.IsUnreachable).OpenAsync(cancel);
            }
            else
            {
                using S3Target target = new(actor, faults.IsUnreachable);
                await target.CheckAsync(cancel);
            }
        }
        catch (SyncFailure failed)
        {
            failure = failed.ToJobFailure();
        }

        JsonObject read = new()
        {
            ["status"] = failure is null ? "succeeded" : "failed",
            ["jobInfo"] = SynchronousJob.Read($"check_connection_{actor.Kind.Wire()}", actor.DefinitionId, startedAt, failure),
        };
        if (failure is not null)
        {
            read["message"] = failure.ExternalMessage;
        }

        return Answer.Json(read);
    }
}
