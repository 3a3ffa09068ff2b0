using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>The verdict of every health check, in the numbers that monitoring systems share: 0 is well, 1 a warning, 2 critical, 3 unknown.</summary>
internal sealed class CheckMetrics : MetricGroup<HealthCheck>
{
    private const char Separator = '\n';

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        HealthCatalog.All.SelectMany(probe => probe.Targets(environment).Select(target => $"{probe.GetType().Name}{Separator}{target}"));

    /// <inheritdoc />
    protected override Task<HealthCheck> ReadAsync(HealthContext context, string target, CancellationToken cancel)
    {
        string[] parts = target.Split(Separator, 2);
        return SharedChecks.LookAsync(context, HealthCatalog.All.First(probe => probe.GetType().Name == parts[0]), parts[1]);
    }

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<HealthCheck>> Make() =>
    [
        new(new("acode.health_check", MetricKind.Gauge, "", MetricCategory.Health, "The verdict of a check: 0 Healthy, 1 Degraded, 2 Failed, 3 Unknown.") { Tags = ["component", "target"] },
            (check, _) => [new MetricValue(NumberOf(check.Verdict))
            {
                Tags = [$"component:{check.Component.ToString().ToLowerInvariant()}", $"target:{check.Target}"],
                Evidence = [$"{check.Verdict}: {check.Summary}"],
            }]),
    ];

    internal static int NumberOf(Verdict verdict) => verdict switch { Verdict.Healthy => 0, Verdict.Degraded => 1, Verdict.Failed => 2, _ => 3 };
}
