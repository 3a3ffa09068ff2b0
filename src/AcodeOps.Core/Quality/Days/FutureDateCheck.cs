using System.Globalization;

namespace AcodeOps.Quality.Days;

/// <summary>No row is about a day that has not come: such rows are in no closed day, and are missed by whoever reads days.</summary>
internal sealed class FutureDateCheck : DayCheck
{
    // Beyond that no calendar of a business goes; MySQL's ends with 9999.
    private const int Years = 1000;

    /// <inheritdoc />
    public override string Name => "futureDate";

    /// <inheritdoc />
    public override string Title => "no rows of days that have not come";

    /// <inheritdoc />
    public override double Limit(Objectives objectives) => 0;

    /// <inheritdoc />
    public override string Unit => "rows";

    /// <inheritdoc />
    public override bool IsFloor => false;

    /// <inheritdoc />
    public override string Remedy => "Have the partner correct the dates: the rows are counted for no day until then.";

    /// <inheritdoc />
    public override async Task<DayFigure> MeasureAsync(DayReading reading, CancellationToken cancel)
    {
        TableVolume volume = await reading.Source.ReadVolumeAsync(reading.Table, reading.Today.AddDays(1), reading.Today.AddYears(Years), cancel).ConfigureAwait(false);
        long rows = volume.RowsByDate.Values.Sum();
        return new DayFigure(rows, string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows of {volume.RowsByDate.Count} days after {reading.Today:yyyy-MM-dd}"))
        {
            Evidence = [.. volume.RowsByDate.OrderByDescending(day => day.Value).Take(5).Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Key:yyyy-MM-dd} {day.Value:N0} rows")), $"found by: {volume.Method}"],
        };
    }
}
