namespace AcodeOps;

/// <summary>Which kind of state Airbyte keeps for a connection.</summary>
public enum SyncStateKind
{
    /// <summary>A kind that this version does not know.</summary>
    Unknown,

    /// <summary>None yet.</summary>
    NotSet,

    /// <summary>One for each stream.</summary>
    Stream,

    /// <summary>One for all streams: change data capture.</summary>
    Global,

    /// <summary>The form of old connectors.</summary>
    Legacy,
}

/// <summary>What Airbyte keeps to read on from, for one connection.</summary>
/// <param name="Kind">The kind.</param>
public sealed record SyncState(SyncStateKind Kind)
{
    /// <summary>The state of each stream, for the kind Stream.</summary>
    public IReadOnlyList<StreamState> Streams { get; init; } = [];

    /// <summary>The state of all streams as JSON, for the kinds Global and Legacy.</summary>
    public string? WholeJson { get; init; }

    /// <summary>The state of a stream by its name, whatever its namespace; null when there is none.</summary>
    public StreamState? Find(string stream) => Streams.FirstOrDefault(s => s.Name == stream);
}

/// <summary>What Airbyte keeps to read one stream on from.</summary>
/// <param name="Name">The stream.</param>
/// <param name="Namespace">Its namespace, or null.</param>
/// <param name="Json">The connector's own state as JSON; null removes the stream's state when written.</param>
public sealed record StreamState(string Name, string? Namespace, string? Json);
