using AcodeOps.Tuning.Indexes;

namespace AcodeOps;

/// <summary>What became of an index.</summary>
public enum IndexStatus
{
    /// <summary>It was made, and the server uses it.</summary>
    Built,

    /// <summary>An index that begins with these columns was there: nothing was done.</summary>
    Present,

    /// <summary>It was made, the server does not use it for any statement of the pipeline, and it was dropped again.</summary>
    Undone,
}

/// <summary>What an index changes for a statement.</summary>
/// <param name="Statement">The statement: <c>Freshness</c>.</param>
/// <param name="Before">Its plan without the index.</param>
/// <param name="After">Its plan with it.</param>
/// <param name="IsServed">True where the index serves it now.</param>
public sealed record IndexEffect(string Statement, string Before, string After, bool IsServed)
{
    /// <inheritdoc />
    public override string ToString() => $"{Statement}: {Before} -> {After}";
}

/// <summary>What New-AcodeIndex did.</summary>
public sealed record IndexResult
{
    /// <summary>The source.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The index.</summary>
    public required string Index { get; init; }

    /// <summary>Its columns, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init => field = value.ToArray(); }

    /// <summary>What became of it.</summary>
    public required IndexStatus Status { get; init; }

    /// <summary>The statement that made it; null where none was run.</summary>
    public string? Statement { get; init; }

    /// <summary>The pipeline's statements whose plan it changes.</summary>
    public IReadOnlyList<IndexEffect> Effects { get; init => field = value.ToArray(); } = [];

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>By how much the table's indexes have grown, in bytes, as the server estimates; null where that is not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The highest lag of the replica that was seen meanwhile, in seconds; null where it does not replicate or did not tell.</summary>
    public double? HighestLagSeconds { get; init; }

    /// <summary>True where super_read_only was off for each statement, and on again after it.</summary>
    public bool LiftedSuperReadOnly { get; init; }

    /// <summary>True where nothing of it was written to the server's binary log.</summary>
    public bool KeptOutOfBinaryLog { get; init; }

    /// <summary>What becomes of a plan.</summary>
    public static IndexResult Of(SourceRole source, IndexPlan plan, IndexStatus status) => new()
    {
        Source = source,
        Table = plan.Table.Name,
        Index = plan.Present?.Name ?? plan.Name,
        Columns = plan.Present is null ? plan.Columns : [.. plan.Present.Parts.Select(part => $"{part}")],
        Status = status,
    };

    /// <inheritdoc />
    public override string ToString() => $"{Source} {Table}.{Index} ({string.Join(", ", Columns)}): {Status}{(LiftedSuperReadOnly ? "; super_read_only was off for it, and is on" : "")}"
        + $"{(KeptOutOfBinaryLog ? "; not in the binary log" : "")}{string.Concat(Effects.Select(effect => $"; {effect}"))}";
}
