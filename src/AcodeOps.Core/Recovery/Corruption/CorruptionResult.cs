namespace AcodeOps;

/// <summary>What came of the recovery of corrupted data. Null is unknown, or not yet.</summary>
public sealed record CorruptionResult
{
    /// <summary>The route that has loaded anew.</summary>
    public required string Route { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Where the corrupted objects were: bucket and prefix.</summary>
    public required string Location { get; init; }

    /// <summary>Objects that were moved to quarantine as corrupted.</summary>
    public long? ObjectsQuarantined { get; init; }

    /// <summary>Rows in them; null where not all of them could be read.</summary>
    public long? RowsQuarantined { get; init; }

    /// <summary>How many of them could not be read.</summary>
    public long? UnreadableObjects { get; init; }

    /// <summary>Manifests of all that was moved to the quarantine storage: the corrupted objects first.</summary>
    public IReadOnlyList<string> Quarantined { get; init => field = value.ToArray(); } = [];

    /// <summary>What the comparison with the other source, and with what other routes have landed, said.</summary>
    public IReadOnlyList<FailoverGate> Checks { get; init => field = value.ToArray(); } = [];

    /// <summary>Healthy: the other side agrees. Unknown: it could not be asked, as was consented to, or has not been yet.</summary>
    public Verdict Validation { get; init; } = Verdict.Unknown;

    /// <summary>True when what was to be loaded anew is proven to be in the lake.</summary>
    public bool IsProven { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the route was off, UTC.</summary>
    public DateTimeOffset? RouteOffAt { get; init; }

    /// <summary>When it was on again, UTC.</summary>
    public DateTimeOffset? RouteOnAt { get; init; }

    /// <summary>When the first object with rows had landed, UTC, by the storage's clock, to the second.</summary>
    public DateTimeOffset? FirstRowAt { get; init; }

    /// <summary>When the proof was there, UTC.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>The time to recover: from the run's begin to its proof, in seconds.</summary>
    public double? RtoSeconds { get; init; }

    /// <summary>Airbyte's job.</summary>
    public long? JobId { get; init; }

    /// <summary>Objects of the stream that landed.</summary>
    public long? ObjectsReloaded { get; init; }

    /// <summary>Rows of the stream that landed, by the objects' footers.</summary>
    public long? RowsReloaded { get; init; }

    /// <summary>Keys of quarantined rows that the source does not have, or has no more; null where not all of them could be read, or asked for.</summary>
    public long? RowsLost { get; init; }

    /// <summary>Rows that landed although the lake had them and still has; null where that could not be counted.</summary>
    public long? RowsReadTwice { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Stream} at {Location}: {(IsProven ? $"{RowsReloaded} rows loaded anew" : "not proven yet")}";
}
