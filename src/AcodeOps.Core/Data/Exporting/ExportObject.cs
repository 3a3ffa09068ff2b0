namespace AcodeOps.Exporting;

/// <summary>An object of a copy.</summary>
public sealed record ExportObject
{
    /// <summary>The whole key.</summary>
    public required string Key { get; init; }

    /// <summary>The event date of its rows; null for a table that is copied whole.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Its rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Its size, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its entity tag.</summary>
    public required string ETag { get; init; }

    /// <summary>Dates that were no dates and are NULL in it.</summary>
    public long ZeroDates { get; init; }

    /// <summary>The oldest and newest processing time of its rows, as the source wrote them; null where no row has one.</summary>
    public ColumnRange? ProcessedAt { get; init; }

    /// <summary>The place of its last row: reading goes on after it.</summary>
    public required RowPosition Last { get; init; }
}
