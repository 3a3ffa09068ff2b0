using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Runbooks;

namespace AcodeOps.Metrics.Groups;

/// <summary>How long ago a recovery was rehearsed, and how long the rehearsed one took.</summary>
internal sealed class DrillMetrics : MetricGroup<LastDrillReading>
{
    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => new DrillProbe().Targets(environment);

    /// <inheritdoc />
    protected override Task<LastDrillReading> ReadAsync(HealthContext context, string target, CancellationToken cancel) => DrillProbe.ReadAsync(context);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<LastDrillReading>> Make() =>
    [
        new(new("acode.drill_age_days", MetricKind.Gauge, "d", MetricCategory.Technical, "How long ago the last rehearsal of a recovery went well.") { Objective = "drillDays" },
            (reading, context) => [Figure(reading, last => context.Now >= last.At ? (context.Now - last.At).TotalDays : null, "The last drill is of the future, by this machine's clock.")]),
        new(new("acode.drill_recovery_seconds", MetricKind.Gauge, "s", MetricCategory.Technical, "The time to recover of the last rehearsal, from its begin to its first rows."),
            (reading, _) => [Figure(reading, last => last.RtoSeconds, "The last drill did not measure it.")]),
    ];

    private static MetricValue Figure(LastDrillReading reading, Func<LastDrill, double?> figure, string untold) => reading.Last is { } last
        ? MetricValue.OrUnknown(figure(last), "DrillUntold", untold) with { Evidence = [$"run {last.RunId}, route {last.Route}"] }
        : MetricValue.Unknown("DrillMissing", "No recovery has been rehearsed yet.", "Start-AcodeDisasterRecovery -Drill rehearses the first standby.");
}
