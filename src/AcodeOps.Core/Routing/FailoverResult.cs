namespace AcodeOps;

/// <summary>What came of a switch. Null is unknown, or not yet.</summary>
public sealed record FailoverResult
{
    /// <summary>The routes that wrote before.</summary>
    public required IReadOnlyList<string> From { get; init => field = value.ToArray(); }

    /// <summary>The route that writes now.</summary>
    public required string To { get; init; }

    /// <summary>Where data lands now: bucket and prefix.</summary>
    public string? Location { get; init; }

    /// <summary>True when rows have landed by the new route, and as many as were due.</summary>
    public bool IsProven { get; init; }

    /// <summary>When the fault began, UTC.</summary>
    public DateTimeOffset? FaultAt { get; init; }

    /// <summary>When the switch was planned and consented to, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When the old route was off, UTC.</summary>
    public DateTimeOffset? OldRouteOffAt { get; init; }

    /// <summary>When the new route was on, UTC.</summary>
    public DateTimeOffset? NewRouteOnAt { get; init; }

    /// <summary>When the first object with rows had landed, UTC, by the storage's clock, to the second.</summary>
    public DateTimeOffset? FirstRowAt { get; init; }

    /// <summary>The time to recover: from the fault, or where that is not known from the decision, to the first row; in seconds.</summary>
    public double? RtoSeconds { get; init; }

    /// <summary>The newest processing time that the new source held at the switch, UTC.</summary>
    public DateTimeOffset? DataUpTo { get; init; }

    /// <summary>The time whose data is missing: from <see cref="DataUpTo"/> to the fault; in seconds.</summary>
    public double? RpoSeconds { get; init; }

    /// <summary>Airbyte's job.</summary>
    public long? JobId { get; init; }

    /// <summary>Objects that landed.</summary>
    public long? ObjectsLanded { get; init; }

    /// <summary>Rows that landed, by the objects' footers.</summary>
    public long? RowsLanded { get; init; }

    /// <summary>Rows that the old source had and the new one did not; null where that could not be counted.</summary>
    public long? RowsMissing { get; init; }

    /// <summary>Rows that landed although the lake had them, counted by their keys; null where that could not be counted.</summary>
    public long? RowsReadTwice { get; init; }

    /// <summary>The newest cursor values that the new source held when it took over, by stream: from there on the old source is read again on the way back.</summary>
    public IReadOnlyDictionary<string, string?>? CursorsAtTakeover { get; init; }

    /// <summary>Manifests of what was moved to the quarantine storage.</summary>
    public IReadOnlyList<string> Quarantined { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"{To} writes{(Location is null ? "" : $" to {Location}")}{(IsProven ? "" : ", not proven yet")}";
}
