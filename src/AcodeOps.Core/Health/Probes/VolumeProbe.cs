using System.Globalization;

namespace AcodeOps.Health;

/// <summary>Did the last closed day bring as many rows as the days before it.</summary>
public sealed class VolumeProbe : HealthProbe
{
    /// <summary>How many days before the last closed one it is compared with.</summary>
    internal const int Compared = 7;

    private const int Fewest = 3;

    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Volume;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        environment.Sources.Count == 0 ? [] : environment.Tables.Where(table => table.EventDate is not null).Select(table => table.Name);

    /// <inheritdoc />
    public override Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        TableDefinition table = context.Environment.Tables.Single(t => t.Name == target);
        return FreshestSource.AskAsync(context, async source => Judge(
            await context.VolumeAsync(source, table).ConfigureAwait(false), context.Today(), context.Environment.Objectives));
    }

    /// <summary>The judgement: yesterday against the median of the seven days before it. Today is told, not judged.</summary>
    internal static Observation Judge(TableVolume volume, DateOnly today, Objectives objectives)
    {
        DateOnly closed = today.AddDays(-1);
        long rows = Rows(volume, closed);
        long[] before =
        [
            .. Enumerable.Range(1, Compared).Select(back => closed.AddDays(-back))
                .Where(day => volume.CompleteFrom is { } from && day >= from)
                .Select(day => Rows(volume, day)).Order(),
        ];
        IReadOnlyList<string> evidence =
        [
            string.Create(CultureInfo.InvariantCulture, $"today so far {Rows(volume, today):N0} rows"),
            .. volume.RowsByDate.OrderByDescending(day => day.Key).Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Key:yyyy-MM-dd} {day.Value:N0} rows")),
            $"found by: {volume.Method}",
        ];
        if (volume.CompleteFrom is not { } complete || complete > closed || before.Length < Fewest)
        {
            return Undecided("The rows of the last days cannot be counted without scanning the table.", "Have an index made that leads with the event date.", evidence);
        }

        double usual = before.Length % 2 == 1 ? before[before.Length / 2] : (before[(before.Length / 2) - 1] + before[before.Length / 2]) / 2.0;
        if (usual == 0)
        {
            return Undecided($"The {before.Length} days before {closed:yyyy-MM-dd} have no rows to compare with.", "See the Freshness checks.", evidence);
        }

        double percent = 100.0 * rows / usual;
        Verdict verdict = percent >= objectives.VolumePercent ? Verdict.Healthy : rows > 0 ? Verdict.Degraded : Verdict.Failed;
        return new Observation(verdict, string.Create(
            CultureInfo.InvariantCulture, $"{closed:yyyy-MM-dd} has {rows:N0} rows, {percent:0} % of the usual {usual:N0}; today so far {Rows(volume, today):N0}."))
        {
            Value = percent,
            Unit = "%",
            Threshold = objectives.VolumePercent,
            Evidence = evidence,
            ErrorId = verdict == Verdict.Healthy ? null : "VolumeLow",
            Remedy = verdict == Verdict.Healthy ? null : "Ask the partner whether the day was sent whole (a holiday, a pharmacy chain missing); sync again once it is.",
        };
    }

    private static long Rows(TableVolume volume, DateOnly day) => volume.RowsByDate.TryGetValue(day, out long rows) ? rows : 0;

    private static Observation Undecided(string summary, string remedy, IReadOnlyList<string> evidence) => new(Verdict.Unknown, summary)
    {
        Cause = FailureClass.NotFound,
        Evidence = evidence,
        Remedy = remedy,
    };
}
