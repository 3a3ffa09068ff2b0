using System.Globalization;

namespace AcodeOps.Quality.Days;

/// <summary>As many pharmacies sent rows for the last of the days as a week before: a chain that is missing hides well in the number of rows.</summary>
internal sealed class PharmacyCheck : DayCheck
{
    private const double Least = 90;

    /// <inheritdoc />
    public override string Name => "pharmacies";

    /// <inheritdoc />
    public override string Title => "as many pharmacies as on the same weekday of the week before";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Warning;

    /// <inheritdoc />
    public override double Limit(Objectives objectives) => Least;

    /// <inheritdoc />
    public override string Unit => "% of the usual";

    /// <inheritdoc />
    public override bool IsFloor => true;

    /// <inheritdoc />
    public override string Remedy => "Ask the partner which pharmacies did not send; sync again once they have.";

    /// <inheritdoc />
    public override bool AppliesTo(TableDefinition table) => table is { EventDate: not null, Pharmacy: not null };

    /// <inheritdoc />
    public override async Task<DayFigure> MeasureAsync(DayReading reading, CancellationToken cancel)
    {
        DateOnly day = reading.Days.Last(), before = day.AddDays(-7);
        TableDay? now = await reading.DayAsync(day, cancel).ConfigureAwait(false), then = await reading.DayAsync(before, cancel).ConfigureAwait(false);
        return (now, then) switch
        {
            ({ Pharmacies: { } some }, { Pharmacies: { } usual and > 0 }) => new DayFigure(100.0 * some / usual, string.Create(
                CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} has {some:N0} pharmacies, {100.0 * some / usual:0} % of the {usual:N0} of a week before")),
            (not null, not null) => new DayFigure(null, string.Create(CultureInfo.InvariantCulture, $"{before:yyyy-MM-dd} has no pharmacies to compare with.")),
            _ => new DayFigure(null, "The pharmacies of these days cannot be counted without scanning the table."),
        };
    }
}
