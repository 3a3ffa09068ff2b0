namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>They stay on this machine, and wait.</summary>
internal sealed class AuditStorageRefuses : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "audit-storage-refuses";

    /// <inheritdoc />
    public override string Title => "The audit storage takes no records";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["audit-backlog"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name switch
    {
        "acode.audit_backlog_minutes" => healthy with { Value = moment.Beyond(AcodeOps.Health.Probes.AuditSpoolProbe.Tolerated.TotalMinutes) },
        "acode.audit_backlog_records" => healthy with { Value = 1 + moment.Collection },
        _ => Verdict(healthy, AcodeOps.Verdict.Degraded, HealthComponent.Audit, "spool"),
    };
}
