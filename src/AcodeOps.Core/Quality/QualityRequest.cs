namespace AcodeOps.Quality;

/// <summary>What is to be tested.</summary>
public sealed record QualityRequest
{
    /// <summary>The tables.</summary>
    public required IReadOnlyList<TableDefinition> Tables { get; init; }

    /// <summary>How many closed days, the last one being yesterday where the source is.</summary>
    public int Days { get; init; } = 1;

    /// <summary>The last day, where it is not yesterday.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The source to read; null for the replica where it serves, else the primary.</summary>
    public SourceRole? Source { get; init; }

    /// <summary>True to read the lake instead of a source.</summary>
    public bool IsOfLake { get; init; }

    /// <summary>The most rows of a table that are read.</summary>
    public long MostRows { get; init; } = 2_000_000;

    /// <summary>The time limit for looking at each server, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 5;
}
