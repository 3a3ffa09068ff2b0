using System.Globalization;

namespace AcodeOps.Exporting;

/// <summary>What one step copies: a day of a table, or a table whole.</summary>
/// <param name="Table">The table.</param>
/// <param name="Date">The event date; null for the whole table.</param>
/// <param name="RowsExpected">Its rows when it was planned; null where that is not known.</param>
internal sealed record ExportSlice(ExportTable Table, DateOnly? Date, long? RowsExpected)
{
    /// <summary>The name of the step, unique in a run.</summary>
    public string StepName => $"export_{Date?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "all"}_{Table.Table.Name}";

    /// <summary>The slices of a plan: the newest days first, as they matter most; tables without days last, the smallest first.</summary>
    public static IEnumerable<ExportSlice> Of(ExportPlan plan) =>
    [
        .. plan.Tables.SelectMany(table => table.Days.Select(day => new ExportSlice(table, day.Date, day.RowsExpected))).OrderByDescending(slice => slice.Date),
        .. plan.Tables.Where(table => table.Days.Count == 0).OrderBy(table => table.RowsExpected ?? long.MaxValue).Select(table => new ExportSlice(table, null, table.RowsExpected)),
    ];

    /// <inheritdoc />
    public override string ToString() => Date is { } date ? string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd} of {Table}") : $"{Table}, whole";
}
