using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>Whether and how fast the storages answer.</summary>
internal sealed class StorageCheckMetrics : MetricGroup<HealthCheck>
{
    private static readonly string[] Timed = ["primary", "backup"];

    /// <inheritdoc />
    protected override string TargetTag => "bucket";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => new StorageProbe().Targets(environment);

    /// <inheritdoc />
    protected override Task<HealthCheck> ReadAsync(HealthContext context, string target, CancellationToken cancel) =>
        SharedChecks.LookAsync(context, HealthCatalog.All.OfType<StorageProbe>().First(), target);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<HealthCheck>> Make() =>
    [
        new(new("acode.s3_health_checks", MetricKind.Count, "checks", MetricCategory.Health, "Checks of a storage, by status: success, failure, unknown.") { Tags = ["bucket", "status"] },
            (check, _) => SharedChecks.Counted(check)),
        .. Timed.Select(role => new MetricEntry<HealthCheck>(
            new($"acode.s3_{role}_response_time", MetricKind.Gauge, "s", MetricCategory.Health, $"How long the check of the {role} storage took: listed, written, read and deleted.") { Tags = ["bucket"] },
            (check, _) => [SharedChecks.WhenAnswered(check, check.LatencyMs / 1000)])
        {
            AppliesTo = (_, target) => target == role,
        }),
    ];
}
