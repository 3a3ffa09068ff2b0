namespace AcodeOps;

/// <summary>
/// How corrupted data would be replaced: the objects that go to quarantine, the route that loads anew, and what speaks for and
/// against its source. Null is unknown.
/// </summary>
public sealed record ReloadPlan
{
    /// <summary>The storage that holds the corrupted objects.</summary>
    public required StorageRole Storage { get; init; }

    /// <summary>What the keys of the corrupted objects start with: whole keys of the bucket.</summary>
    public required string Prefix { get; init; }

    /// <summary>Just these objects under the prefix, as a comparison found them; null for all of them.</summary>
    public IReadOnlyList<string>? OnlyObjects { get; init => field = value?.ToArray(); }

    /// <summary>The oldest value of the cursor that a comparison found missing; null where it found none.</summary>
    public string? ReadFrom { get; init; }

    /// <summary>The same with its bucket: <c>s3://bucket/prefix</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The stream that the objects belong to.</summary>
    public required string Stream { get; init; }

    /// <summary>Why they are taken for corrupted.</summary>
    public required string Reason { get; init; }

    /// <summary>The days whose partitions the prefix covers, the first ones; empty where the path does not tell days apart.</summary>
    public IReadOnlyList<DateOnly> Days { get; init => field = value.ToArray(); } = [];

    /// <summary>How many objects there are.</summary>
    public required long Objects { get; init; }

    /// <summary>Their size.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows of the objects whose footers could be read.</summary>
    public required long Rows { get; init; }

    /// <summary>The objects that could not be read, the first ones by name.</summary>
    public IReadOnlyList<string> Unreadable { get; init => field = value.ToArray(); } = [];

    /// <summary>How many could not be read, or were too many to be read when it was planned.</summary>
    public required long UnreadableObjects { get; init; }

    /// <summary>The range of the rows' keys, by the footers; null where they do not tell it.</summary>
    public ColumnRange? Keys { get; init; }

    /// <summary>The range of the rows' cursors, by the footers; null where they do not tell it, or the stream has none.</summary>
    public ColumnRange? Cursors { get; init; }

    /// <summary>The route that loads anew: off for a while, and on again.</summary>
    public required FailoverPlan Switch { get; init; }

    /// <summary>What the comparison with the other source, and with what other routes have landed, says.</summary>
    public IReadOnlyList<FailoverGate> Checks { get; init => field = value.ToArray(); } = [];

    /// <summary>True when the operator has consented to loading from a source that could not be compared.</summary>
    public bool AllowsUnvalidated { get; init; }

    /// <summary>Where an incremental stream stands; null for a snapshot.</summary>
    public string? OldCursor { get; init; }

    /// <summary>From where it will be read again; null for a snapshot, or for from the beginning.</summary>
    public string? NewCursor { get; init; }

    /// <summary>Rows that the source has now of what will be loaded anew: of the quarantined rows' keys, or of the whole table for a snapshot.</summary>
    public long? SourceRows { get; init; }

    /// <summary>Rows in the corrupted objects beyond those that the source has: damage, or rows that are lost; null where either is not known.</summary>
    public long? RowsAtRisk => UnreadableObjects == 0 && SourceRows is { } has ? Math.Max(0, Rows - has) : null;

    /// <summary>What to know besides: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>True when it may be carried out.</summary>
    public bool IsAllowed => Switch.IsAllowed && Checks.All(check => check.IsPassed);

    /// <inheritdoc />
    public override string ToString() => $"{Objects} objects at {Location}, loaded anew by {Switch.To}";
}
