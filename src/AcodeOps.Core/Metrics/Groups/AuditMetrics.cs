using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Metrics.Groups;

/// <summary>Audit records that wait on this machine for the audit storage.</summary>
internal sealed class AuditMetrics : MetricGroup<AuditBacklog>
{
    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => new AuditSpoolProbe().Targets(environment);

    /// <inheritdoc />
    protected override Task<AuditBacklog> ReadAsync(HealthContext context, string target, CancellationToken cancel) => AuditSpoolProbe.ReadAsync(context);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<AuditBacklog>> Make() =>
    [
        new(new("acode.audit_backlog_records", MetricKind.Gauge, "records", MetricCategory.Technical, "Audit records that wait on this machine."),
            (backlog, _) => [new MetricValue(backlog.Waiting)]),
        new(new("acode.audit_backlog_minutes", MetricKind.Gauge, "min", MetricCategory.Technical, "How long the oldest of them has waited; 0 while none waits."),
            (backlog, context) => [backlog.Waiting == 0 ? new MetricValue(0) : MetricValue.OrUnknown(
                backlog.OldestAt is { } at ? Math.Max(0, (context.Now - at).TotalMinutes) : null, "AuditAgeUnknown", "The name of the oldest record does not tell its time.", "Run Sync-AcodeAudit.")]),
    ];
}
