namespace AcodeOps;

/// <summary>What came of a rehearsal. Null is unknown, or not yet.</summary>
public sealed record DrillResult
{
    /// <summary>The route that was rehearsed.</summary>
    public required string Route { get; init; }

    /// <summary>Where the rehearsal's own objects landed: bucket and what their keys start with.</summary>
    public string? Location { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When the first object with rows had landed, UTC, by the storage's clock, to the second.</summary>
    public DateTimeOffset? FirstRowAt { get; init; }

    /// <summary>The rehearsed time to recover: from its begin to the first row; in seconds.</summary>
    public double? RtoSeconds { get; init; }

    /// <summary>Airbyte's job.</summary>
    public long? JobId { get; init; }

    /// <summary>Objects that landed.</summary>
    public long? ObjectsLanded { get; init; }

    /// <summary>Rows that landed, by the objects' footers.</summary>
    public long? RowsLanded { get; init; }

    /// <summary>True when every stream was counted against its source and is complete; false when rows are missing; null where that is not known.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>Why it counts as complete, or not; null before the proof.</summary>
    public string? Completeness { get; init; }

    /// <summary>True when rows have landed, and nothing speaks against their being all.</summary>
    public bool IsProven { get; init; }

    /// <summary>True when nothing of the rehearsal is left: neither its connection nor an object.</summary>
    public bool IsCleanedUp { get; init; }

    /// <summary>What is left: the keys of objects that could not be deleted.</summary>
    public IReadOnlyList<string> Left { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"{Route} {(IsProven ? "is rehearsed" : "is not proven")}{(IsCleanedUp ? "" : ", and not cleaned up")}";
}
