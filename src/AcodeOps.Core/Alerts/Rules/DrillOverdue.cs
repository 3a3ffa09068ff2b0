namespace AcodeOps.Alerts.Rules;

/// <summary>A standby that nobody has tried is a hope. That none was ever tried is the same.</summary>
internal sealed class DrillOverdue : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "drill-overdue";

    /// <inheritdoc />
    public override string Title => "No recovery has been rehearsed for too long";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Warning;

    /// <inheritdoc />
    public override string Meaning => "The last rehearsal of a recovery that went well is older than promised, or there was none, or its mark cannot be read.";

    /// <inheritdoc />
    public override string Advice => "Start-AcodeDisasterRecovery -Drill rehearses the first standby; ingestion is not touched.";

    /// <inheritdoc />
    public override string Objective => "drillDays";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 1 && environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.drill_age_days", AlertComparison.Above, setting.Objectives.DrillDays, 12) with { FiresWhenMissing = true };
}
