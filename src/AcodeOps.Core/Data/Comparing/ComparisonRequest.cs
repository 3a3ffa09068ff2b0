namespace AcodeOps.Comparing;

/// <summary>What is to be compared.</summary>
public sealed record ComparisonRequest
{
    /// <summary>The tables.</summary>
    public required IReadOnlyList<TableDefinition> Tables { get; init; }

    /// <summary>The source to read; null for the replica where it serves, else the primary.</summary>
    public SourceRole? Source { get; init; }

    /// <summary>True to compare the primary with the replica, and nothing of the lake.</summary>
    public bool IsOfReplica { get; init; }

    /// <summary>True to compare values too, and not only which rows are there.</summary>
    public bool IncludesValues { get; init; }

    /// <summary>The most rows that are read one by one where ranges differ.</summary>
    public long MostRows { get; init; } = 100_000;

    /// <summary>The time limit for looking at each server, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 5;
}
