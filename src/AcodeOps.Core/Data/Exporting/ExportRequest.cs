namespace AcodeOps.Exporting;

/// <summary>What copy an operator asks for.</summary>
public sealed record ExportRequest
{
    /// <summary>How many closed days; today's rows so far come with them.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Only these tables of the environment; all of them when empty.</summary>
    public IReadOnlyList<TableDefinition> Tables { get; init; } = [];

    /// <summary>The source to read; null for the replica where it serves, else the primary.</summary>
    public SourceRole? Source { get; init; }

    /// <summary>The storage to write to.</summary>
    public StorageRole Storage { get; init; } = StorageRole.Emergency;

    /// <summary>The time limit for each look at a server, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 5;
}
