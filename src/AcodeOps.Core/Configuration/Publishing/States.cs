using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Compares what Airbyte keeps to read on from.</summary>
internal static class States
{
    /// <summary>True when both read on from the same; no state, and one without streams, are one.</summary>
    public static bool AreSame(SyncState one, SyncState other) => (one, other) switch
    {
        _ when Known(one).Length == 0 && Known(other).Length == 0 && one.WholeJson is null && other.WholeJson is null => true,
        _ when one.Kind != other.Kind => false,
        ({ Kind: SyncStateKind.Stream }, _) => Known(one).Length == Known(other).Length && Known(one).All(stream => Known(other).Any(same => same.Name == stream.Name && same.Namespace == stream.Namespace && IsSame(same.Json, stream.Json))),
        _ => IsSame(one.WholeJson, other.WholeJson),
    };

    private static StreamState[] Known(SyncState state) => [.. state.Streams.Where(stream => stream.Json is not null)];

    private static bool IsSame(string? one, string? other) => one == other || (one is not null && other is not null && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other)));
}
