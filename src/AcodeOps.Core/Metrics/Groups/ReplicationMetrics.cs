using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>How far the backup is behind the primary.</summary>
internal sealed class ReplicationMetrics : MetricGroup<IReadOnlyList<ReplicationStatus>>
{
    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.BackupName();

    /// <inheritdoc />
    protected override Task<IReadOnlyList<ReplicationStatus>> ReadAsync(HealthContext context, string target, CancellationToken cancel) => context.ReplicationAsync();

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<IReadOnlyList<ReplicationStatus>>> Make() =>
    [
        new(new("acode.replication_lag_seconds", MetricKind.Gauge, "s", MetricCategory.Technical, "How far the backup's data may be behind the primary's.") { Objective = "lagSeconds" },
            (channels, _) => [MetricValue.OrUnknown(ReplicationJudgement.BehindSeconds(channels), "LagUnknown",
                "The backup does not replicate, or does not say how far it is behind: it may be behind by any time.", "See the Replication check.")]),
    ];
}
