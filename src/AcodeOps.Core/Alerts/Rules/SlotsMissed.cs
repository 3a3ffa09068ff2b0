using AcodeOps.Metrics.Groups;

namespace AcodeOps.Alerts.Rules;

/// <summary>The budget of a batch is counted in what it delivers: one day in seven may end without fresh data, two are a trend. Windows of minutes tell nothing of something that happens once a day.</summary>
internal sealed class SlotsMissed : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "slots-missed";

    /// <inheritdoc />
    public override string Title => "Too many days without fresh data";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Error;

    /// <inheritdoc />
    public override string Meaning => "On two or more of the last seven closed days, what had landed by midnight was older than promised: the budget of one such day a week is spent.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeSync shows when syncs ended, and which of them failed; look for what these days have in common.";

    /// <inheritdoc />
    public override string Objective => "freshnessHours";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.slots_missed_7d", AlertComparison.Above, MissedSlotMetrics.Budget, 2);
}
