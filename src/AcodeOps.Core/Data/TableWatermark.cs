namespace AcodeOps;

/// <summary>How far a table's data reaches.</summary>
/// <param name="Table">The table.</param>
public sealed record TableWatermark(string Table)
{
    /// <summary>The newest processing time, UTC; null when the table is empty or has no such column.</summary>
    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>The newest event date; null when the table is empty or has no such column.</summary>
    public DateOnly? EventDate { get; init; }

    /// <summary>True when the table has no rows at all.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>How it was found, for the evidence: <c>index idx_data_processamento</c>, <c>newest 1,000 rows by idpk</c>.</summary>
    public required string Method { get; init; }
}

/// <summary>Rows of a table without an event date.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Method">How they were found, for the evidence.</param>
public sealed record UndatedRows(long Rows, string Method);

/// <summary>Rows for each event date of a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="RowsByDate">The rows of each date that has any.</param>
public sealed record TableVolume(string Table, IReadOnlyDictionary<DateOnly, long> RowsByDate)
{
    /// <summary>The earliest date for which the counts are complete; null when even the newest date may have more rows than were counted.</summary>
    public DateOnly? CompleteFrom { get; init; }

    /// <summary>How it was found, for the evidence.</summary>
    public required string Method { get; init; }
}
