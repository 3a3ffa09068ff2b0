namespace AcodeOps.Alerts.Rules;

/// <summary>Told while it runs, when something can still be done about it: how long the last one took is known too late, and stays until the next.</summary>
internal sealed class SyncTooLong : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "sync-too-long";

    /// <inheritdoc />
    public override string Title => "A sync takes too long";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Warning;

    /// <inheritdoc />
    public override string Meaning => "A sync has been running for longer than promised. Where routes have limits of their own, the longest counts.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeSync shows whether its rows still grow; Measure-AcodePerformance what holds it up; Stop-AcodeSync ends it.";

    /// <inheritdoc />
    public override string Objective => "syncMinutes";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout(
        "acode.sync_running_minutes", AlertComparison.Above, setting.Environment.Routes.Select(route => route.SyncMinutes).OfType<double>().Append(setting.Objectives.SyncMinutes).Max(), 2, "route");
}
