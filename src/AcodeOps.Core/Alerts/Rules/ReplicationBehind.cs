namespace AcodeOps.Alerts.Rules;

/// <summary>A replica that is far behind loses as much by a switch; one that does not say how far may be behind by any time.</summary>
internal sealed class ReplicationBehind : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "replication-behind";

    /// <inheritdoc />
    public override string Title => "The backup is behind, or nobody knows how far";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Error;

    /// <inheritdoc />
    public override string Meaning => "The backup is further behind the primary than promised, or does not say how far: a switch to it now would lose that much.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeReplication tells which thread stands and why.";

    /// <inheritdoc />
    public override string Objective => "lagSeconds";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindSource(SourceRole.Backup) is not null;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.replication_lag_seconds", AlertComparison.Above, setting.Objectives.LagSeconds, 3) with { FiresWhenMissing = true };
}
