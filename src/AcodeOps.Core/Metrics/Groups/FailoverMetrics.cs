using AcodeOps.Health;
using AcodeOps.Runbooks;
using AcodeOps.Watching;

namespace AcodeOps.Metrics.Groups;

/// <summary>Switches between routes, by whomever and from wherever, as the journals tell.</summary>
internal sealed class FailoverMetrics : MetricGroup<FailoverMetrics.Reading>
{
    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Count > 1 && environment.FindStorage(StorageRole.Audit) is not null ? ["switches"] : [];

    /// <inheritdoc />
    protected override async Task<Reading> ReadAsync(HealthContext context, string target, CancellationToken cancel)
    {
        List<RunbookRun> switches = [];
        await foreach (RunReading reading in new JournalReader(context.Installation).ReadAsync(JournalReader.Days, unfinishedOnly: false, cancel).ConfigureAwait(false))
        {
            // A run that cannot be read might be a switch: a smaller number would be a wrong one.
            RunbookRun run = reading.Run ?? throw reading.Failure!;
            if (SwitchHistory.IsSwitch(run))
            {
                switches.Add(run);
            }
        }

        return new Reading(switches);
    }

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<Reading>> Make() =>
    [
        new(new("acode.failover_events", MetricKind.Count, "switches", MetricCategory.Technical,
            "Switches that ended in the last whole stretch of metrics.everyMinutes by the clock: collected once in each, every switch counts once."),
            (reading, context) => [Events(reading, context)]),
        new(new("acode.failovers_30d", MetricKind.Gauge, "switches", MetricCategory.Technical, "Switches that were begun in the last 30 days."),
            (reading, context) => [new MetricValue(reading.Switches.Count(run => run.StartedAt >= context.Now.AddDays(-JournalReader.Days))) { Evidence = [.. Told(reading.Switches)] }]),
    ];

    private static MetricValue Events(Reading reading, HealthContext context)
    {
        (DateTimeOffset from, DateTimeOffset to) = LastStretch(context.Now, context.Environment.Metrics.EveryMinutes);
        RunbookRun[] ended = [.. reading.Switches.Where(run => run.EndedAt >= from && run.EndedAt < to)];
        return new MetricValue(ended.Length) { Evidence = [FormattableString.Invariant($"ended from {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm} UTC"), .. Told(ended)] };
    }

    /// <summary>The last whole stretch of so many minutes, counted from midnight UTC.</summary>
    internal static (DateTimeOffset From, DateTimeOffset To) LastStretch(DateTimeOffset now, int minutes)
    {
        long length = TimeSpan.FromMinutes(minutes).Ticks;
        DateTimeOffset to = new(now.UtcTicks - (now.UtcTicks % length), TimeSpan.Zero);
        return (to.AddTicks(-length), to);
    }

    private static IEnumerable<string> Told(IEnumerable<RunbookRun> runs) => runs.Take(10).Select(run => $"run {run.RunId}: {run}");

    /// <summary>The switches of the last 30 days.</summary>
    internal sealed record Reading(IReadOnlyList<RunbookRun> Switches);
}
