namespace AcodeOps.Alerts.Rules;

/// <summary>The partner's server does not answer. A wrong password is no failure here: its status is unknown, not failure.</summary>
internal sealed class PrimaryDown : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "primary-down";

    /// <inheritdoc />
    public override string Title => "The primary source is down";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Critical;

    /// <inheritdoc />
    public override string Meaning => "The primary MySQL server did not answer three times: nothing new comes in by any route that reads it.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeRecoveryPlan tells what is left and what it would do; Start-AcodeDisasterRecovery does it. Call the partner, whose server it is.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindSource(SourceRole.Primary) is not null;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Counted("acode.mysql_primary_health_checks", 3, 4, "status:failure");
}
