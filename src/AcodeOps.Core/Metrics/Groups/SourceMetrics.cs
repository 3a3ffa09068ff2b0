using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>Whether and how fast the sources answer. A wrong password is no failure of the server: its status is unknown.</summary>
internal sealed class SourceMetrics : MetricGroup<HealthCheck>
{
    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.SourceNames();

    /// <inheritdoc />
    protected override Task<HealthCheck> ReadAsync(HealthContext context, string target, CancellationToken cancel) =>
        SharedChecks.LookAsync(context, HealthCatalog.All.OfType<SourceProbe>().First(), target);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<HealthCheck>> Make() => new[] { "primary", "backup" }.SelectMany(role => new MetricEntry<HealthCheck>[]
    {
        new(new($"acode.mysql_{role}_health_checks", MetricKind.Count, "checks", MetricCategory.Health, $"Checks of the {role} source, by status: success, failure, unknown.") { Tags = ["status"] },
            (check, _) => SharedChecks.Counted(check)) { AppliesTo = (_, target) => target == role },
        new(new($"acode.mysql_{role}_response_time", MetricKind.Gauge, "s", MetricCategory.Health, $"How long one statement took on the {role} source."),
            (check, _) => [SharedChecks.WhenAnswered(check, check.Value / 1000)]) { AppliesTo = (_, target) => target == role },
    });
}
