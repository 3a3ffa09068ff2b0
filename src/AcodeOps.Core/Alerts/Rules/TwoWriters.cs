namespace AcodeOps.Alerts.Rules;

/// <summary>Two writers on one lake overwrite or double each other's rows.</summary>
internal sealed class TwoWriters : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "two-writers";

    /// <inheritdoc />
    public override string Title => "Two routes write";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Critical;

    /// <inheritdoc />
    public override string Meaning => "More than one route is active: data is written twice, or to two places.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeRoute shows which; Get-AcodeSync -Newest 3 which of them has been writing. Set the other's connection inactive in Airbyte, and Stop-AcodeSync its running sync.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 1;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.route_active", AlertComparison.Above, 1, 2) with
    {
        Term = setting.Term("acode.route_active", AlertAggregate.Sum),
    };
}
