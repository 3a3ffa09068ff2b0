using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>What Airbyte remembers of a connection between syncs. It belongs to the connection: no change of a source touches it.</summary>
internal sealed record ConnectionSyncState(Guid ConnectionId)
{
    /// <summary>stream, global, legacy or not_set.</summary>
    public string StateType { get; init; } = "not_set";

    /// <summary>The connector's own blob for each stream.</summary>
    public IReadOnlyList<StreamSyncState> Streams { get; init; } = [];

    public JsonObject? GlobalState { get; init; }

    /// <summary>The generation of each stream, by its key: one more with each full refresh.</summary>
    public IReadOnlyDictionary<string, long> Generations { get; init; } = new Dictionary<string, long>();

    public StreamSyncState? Of(string key) => Streams.FirstOrDefault(s => s.Key == key);

    /// <summary>With one stream's blob set, or removed by null.</summary>
    public ConnectionSyncState With(string? streamNamespace, string name, JsonObject? blob)
    {
        IEnumerable<StreamSyncState> others = Streams.Where(s => s.Key != StreamKey.Of(streamNamespace, name));
        List<StreamSyncState> streams = [.. others, .. blob is null ? Array.Empty<StreamSyncState>() : [new StreamSyncState(streamNamespace, name, blob)]];
        return this with { StateType = streams.Count > 0 ? "stream" : "not_set", Streams = streams, GlobalState = null };
    }
}
