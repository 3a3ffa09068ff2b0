using System.Globalization;

namespace AcodeOps.Quality.Days;

/// <summary>Each closed day has rows: none is no success, however well everything else looks.</summary>
internal sealed class RowFloorCheck : DayCheck
{
    /// <inheritdoc />
    public override string Name => "rows";

    /// <inheritdoc />
    public override string Title => "each day has rows";

    /// <inheritdoc />
    public override double Limit(Objectives objectives) => 1;

    /// <inheritdoc />
    public override string Unit => "rows";

    /// <inheritdoc />
    public override bool IsFloor => true;

    /// <inheritdoc />
    public override string Remedy => "Ask the partner whether the day was sent; sync again once it is.";

    /// <inheritdoc />
    public override async Task<DayFigure> MeasureAsync(DayReading reading, CancellationToken cancel)
    {
        TableVolume volume = await reading.VolumeAsync(cancel).ConfigureAwait(false);
        if (!(volume.CompleteFrom <= reading.Days.First()))
        {
            return new DayFigure(null, "The rows of these days cannot be counted without scanning the table.");
        }

        (DateOnly day, long rows) = reading.Days.Select(day => (day, volume.RowsByDate.GetValueOrDefault(day))).MinBy(day => day.Item2);
        return new DayFigure(rows, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} has {rows:N0} rows")) { Evidence = [$"found by: {volume.Method}"] };
    }
}
