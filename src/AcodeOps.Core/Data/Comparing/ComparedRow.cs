using AcodeOps.Quality;

namespace AcodeOps.Comparing;

/// <summary>A row as it is compared.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Values">Its values in canonical form, in the order of the compared columns.</param>
internal sealed record ComparedRow(long Key, string?[] Values)
{
    public DateOnly? Day { get; init; }

    public string? ProcessedAt { get; init; }

    /// <summary>When it was processed, on the source's clock on the wall.</summary>
    public WallTime? ProcessedAtWall { get; init; }

    /// <summary>The lake's object that it lies in.</summary>
    public string? Object { get; init; }
}

/// <summary>What of a table is compared.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns whose values are compared, besides the key; empty where only keys are.</param>
/// <param name="Zone">The zone of the source's clock on the wall.</param>
internal sealed record ComparedTable(TableDefinition Table, IReadOnlyList<RowColumn> Columns, TimeZoneInfo Zone);
