namespace AcodeOps;

/// <summary>What one statement finds out about a table with an event date.</summary>
/// <param name="Today">The date that it was asked on, where the source is; the day before it is the last closed one.</param>
/// <param name="Watermark">How far its data reaches.</param>
/// <param name="Volume">The rows of its last days.</param>
/// <param name="Days">The figures of the last closed day and of today so far; a date without rows is left out.</param>
public sealed record TablePass(DateOnly Today, TableWatermark Watermark, TableVolume Volume, IReadOnlyDictionary<DateOnly, TableDay> Days);

/// <summary>The figures of one event date.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Value">The sum of the value column, NULLs left out; null where the table has no such column, or all are NULL.</param>
/// <param name="Pharmacies">How many different pharmacies it has; null where the table does not tell pharmacies apart.</param>
public sealed record TableDay(long Rows, decimal? Value, long? Pharmacies);
