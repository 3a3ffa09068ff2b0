using AcodeOps.Metrics.Groups;

namespace AcodeOps.Alerts.Rules;

/// <summary>Unknown is not healthy: whoever does not look does not see.</summary>
internal sealed class CheckUnknown : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "check-unknown";

    /// <inheritdoc />
    public override string Title => "Something has been unknown for too long";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Warning;

    /// <inheritdoc />
    public override string Meaning => "A health check has not come to know its verdict for half a dozen collections: what it looks at may be well or ill.";

    /// <inheritdoc />
    public override string Advice => "Test-AcodeHealth names the cause and the remedy: most often a password, a permission, or a server that does not answer.";

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.health_check", AlertComparison.AtLeast, CheckMetrics.NumberOf(Verdict.Unknown), 6, "component", "target");
}
