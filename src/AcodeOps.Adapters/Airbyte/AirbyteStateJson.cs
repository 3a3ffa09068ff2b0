using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Sync states as the Configuration API writes them.</summary>
internal static class AirbyteStateJson
{
    /// <summary>The state; null when the answer is none, or leaves out which stream something is the state of.</summary>
    public static SyncState? Read(JsonElement json) => json.Text("stateType") switch
    {
        null => null,
        "not_set" => new SyncState(SyncStateKind.NotSet),
        "stream" => ((JsonElement?)json).Items("streamState").Select(Stream).ToList() is var streams && streams.Contains(null)
            ? null : new SyncState(SyncStateKind.Stream) { Streams = [.. streams.OfType<StreamState>()] },
        "global" => new SyncState(SyncStateKind.Global) { WholeJson = json.Member("globalState")?.GetRawText() },
        "legacy" => new SyncState(SyncStateKind.Legacy) { WholeJson = json.Member("state")?.GetRawText() },
        _ => new SyncState(SyncStateKind.Unknown),
    };

    /// <exception cref="AcodeException"><c>SyncStateUnavailable</c> (InvalidInput): a kind that cannot be written.</exception>
    public static JsonObject Write(Guid connectionId, SyncState state)
    {
        JsonObject json = new() { ["connectionId"] = connectionId };
        switch (state.Kind)
        {
            case SyncStateKind.Stream:
                json["stateType"] = "stream";
                json["streamState"] = new JsonArray([.. state.Streams.Select(Stream)]);
                break;
            case SyncStateKind.Global when state.WholeJson is { } whole:
                json["stateType"] = "global";
                json["globalState"] = JsonNode.Parse(whole);
                break;
            case SyncStateKind.Legacy when state.WholeJson is { } whole:
                json["stateType"] = "legacy";
                json["state"] = JsonNode.Parse(whole);
                break;
            default:
                throw new AcodeException(
                    "SyncStateUnavailable", FailureClass.InvalidInput, $"A sync state of the kind {state.Kind} cannot be written to the connection {connectionId}.")
                {
                    Advice = "This Airbyte keeps its states in a way that this version does not know: use -StatePolicy Keep or Fresh.",
                    Subject = connectionId,
                };
        }

        return json;
    }

    private static StreamState? Stream(JsonElement json) => json.Member("streamDescriptor") is { } descriptor && descriptor.Text("name") is { } name
        ? new StreamState(name, descriptor.Text("namespace"), json.Member("streamState")?.GetRawText()) : null;

    private static JsonObject Stream(StreamState stream)
    {
        JsonObject descriptor = new() { ["name"] = stream.Name };
        // Left out, not null: the document knows no null here.
        if (stream.Namespace is { } name)
        {
            descriptor["namespace"] = name;
        }

        return new JsonObject { ["streamDescriptor"] = descriptor, ["streamState"] = stream.Json is { } json ? JsonNode.Parse(json) : null };
    }
}
