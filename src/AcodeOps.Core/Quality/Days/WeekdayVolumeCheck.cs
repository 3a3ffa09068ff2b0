using System.Globalization;

namespace AcodeOps.Quality.Days;

/// <summary>Each closed day has about as many rows as the same day of the weeks before: Sundays are no outage.</summary>
internal sealed class WeekdayVolumeCheck : DayCheck
{
    private const int Fewest = 2;

    /// <inheritdoc />
    public override string Name => "weekday";

    /// <inheritdoc />
    public override string Title => "as many rows as on the same weekday of the four weeks before";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Warning;

    /// <inheritdoc />
    public override double Limit(Objectives objectives) => objectives.VolumePercent;

    /// <inheritdoc />
    public override string Unit => "% of the usual";

    /// <inheritdoc />
    public override bool IsFloor => true;

    /// <inheritdoc />
    public override string Remedy => "Ask the partner whether the day was sent whole (a holiday, a chain that is missing); sync again once it is.";

    /// <inheritdoc />
    public override async Task<DayFigure> MeasureAsync(DayReading reading, CancellationToken cancel)
    {
        TableVolume volume = await reading.VolumeAsync(cancel).ConfigureAwait(false);
        List<(double Percent, string Told)> seen = [];
        foreach (DateOnly day in reading.Days)
        {
            long[] before = [.. Enumerable.Range(1, DayReading.Weeks).Select(week => day.AddDays(-7 * week)).Where(past => volume.CompleteFrom <= past)
                .Select(past => volume.RowsByDate.GetValueOrDefault(past)).Where(rows => rows > 0).Order()];
            if (before.Length < Fewest)
            {
                return new DayFigure(null, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} has nothing to compare with: {before.Length} of the {DayReading.Weeks} weeks before have rows that can be counted."));
            }

            double usual = (before[(before.Length - 1) / 2] + before[before.Length / 2]) / 2.0;
            long rows = volume.RowsByDate.GetValueOrDefault(day);
            seen.Add((100 * rows / usual, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} has {rows:N0} rows, {100 * rows / usual:0} % of the usual {usual:N0} of a {day.DayOfWeek}")));
        }

        (double percent, string told) = seen.MinBy(day => day.Percent);
        return new DayFigure(percent, told) { Evidence = [.. seen.Select(day => day.Told), $"found by: {volume.Method}"] };
    }
}
