using AcodeOps.Health.Probes;

namespace AcodeOps.Alerts.Rules;

/// <summary>They are safe on this machine, and out of the auditors' sight until they are stored.</summary>
internal sealed class AuditBacklog : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "audit-backlog";

    /// <inheritdoc />
    public override string Title => "Audit records wait";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Error;

    /// <inheritdoc />
    public override string Meaning => "Audit records have been waiting on this machine for longer than they should: if it is lost, they are.";

    /// <inheritdoc />
    public override string Advice => "Sync-AcodeAudit stores them; its error says why the audit storage does not take them.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.audit_backlog_minutes", AlertComparison.Above, AuditSpoolProbe.Tolerated.TotalMinutes, 2);
}
