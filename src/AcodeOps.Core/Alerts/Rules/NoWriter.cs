namespace AcodeOps.Alerts.Rules;

/// <summary>For longer than a switch takes.</summary>
internal sealed class NoWriter : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "no-writer";

    /// <inheritdoc />
    public override string Title => "No route writes";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Critical;

    /// <inheritdoc />
    public override string Meaning => "No route is seen to be active: no data flows, or it is not known by which route it would.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeRoute shows the routes; Get-AcodeRunbook -Unfinished whether a switch was cut off: Resume-AcodeRunbook carries it on.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.route_active", AlertComparison.Below, 1, 3) with
    {
        Term = setting.Term("acode.route_active", AlertAggregate.Sum),
    };
}
