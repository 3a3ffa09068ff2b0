using AcodeOps.Metrics.Groups;

namespace AcodeOps.Alerts.Rules;

/// <summary>What nobody replaces, everybody who ever had it still has.</summary>
internal sealed class SecretOld : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "secret-old";

    /// <inheritdoc />
    public override string Title => "A password is old";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Warning;

    /// <inheritdoc />
    public override string Meaning => "The present version of a secret is older than promised.";

    /// <inheritdoc />
    public override string Advice => "Invoke-AcodeCredentialRotation replaces it while ingestion goes on; of the partner's server it writes a request to them.";

    /// <inheritdoc />
    public override string Objective => "rotationDays";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => new SecretMetrics().Targets(environment).Any();

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.secret_age_days", AlertComparison.Above, setting.Objectives.RotationDays, 2, "secret");
}
