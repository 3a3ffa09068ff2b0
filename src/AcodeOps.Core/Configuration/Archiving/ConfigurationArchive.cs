using AcodeOps.Configuration.Applied;

namespace AcodeOps.Configuration.Archiving;

/// <summary>All sources, destinations and connections of a workspace, with how far each stream was read. Holds no secret.</summary>
internal sealed record ConfigurationArchive
{
    /// <summary>The version of this form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Its id, a ULID.</summary>
    public required string Id { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The workspace.</summary>
    public required Guid Workspace { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Airbyte's version; null where it did not tell.</summary>
    public string? AirbyteVersion { get; init; }

    /// <summary>Sources, destinations, connections.</summary>
    public required IReadOnlyList<ArchivedResource> Resources { get; init => field = value.ToArray(); }

    /// <summary>The state of each connection.</summary>
    public required IReadOnlyList<ArchivedState> States { get; init => field = value.ToArray(); }

    /// <summary>What was applied last; null where that was not known.</summary>
    public AppliedConfiguration? Applied { get; init; }

    /// <summary>The state of a connection; null where the archive has none of it, or could not read it.</summary>
    public SyncState? StateOf(Guid connection) => States.FirstOrDefault(state => state.ConnectionId == connection)?.State;
}

/// <summary>A resource as it was.</summary>
/// <param name="Resource">What Airbyte told.</param>
/// <param name="Path">Its file within the project; null for what no file described.</param>
internal sealed record ArchivedResource(AirbyteResource Resource, string? Path)
{
    /// <summary>What its secrets were taken from, by path: references, as its file wrote them.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}

/// <summary>How far the streams of a connection were read.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="State">The state; null where it could not be read.</param>
/// <param name="Failure">Why it could not be read; null where it was.</param>
internal sealed record ArchivedState(Guid ConnectionId, SyncState? State, string? Failure);
