using System.Globalization;

namespace AcodeOps.Quality.Days;

/// <summary>Each row has an event date: without one it is in no day.</summary>
internal sealed class UndatedCheck : DayCheck
{
    private const int Most = 100_000;

    /// <inheritdoc />
    public override string Name => "undated";

    /// <inheritdoc />
    public override string Title => "no rows without an event date";

    /// <inheritdoc />
    public override double Limit(Objectives objectives) => 0;

    /// <inheritdoc />
    public override string Unit => "rows";

    /// <inheritdoc />
    public override bool IsFloor => false;

    /// <inheritdoc />
    public override string Remedy => "Have the partner add the dates: the rows are counted for no day until then.";

    /// <inheritdoc />
    public override async Task<DayFigure> MeasureAsync(DayReading reading, CancellationToken cancel)
    {
        (long rows, string method) = await reading.Source.CountUndatedAsync(reading.Table, Most, cancel).ConfigureAwait(false);
        return new DayFigure(rows, string.Create(CultureInfo.InvariantCulture, $"{rows:N0}{(rows > Most ? " rows or more" : " rows")} without {reading.Table.EventDate}")) { Evidence = [$"found by: {method}"] };
    }
}
