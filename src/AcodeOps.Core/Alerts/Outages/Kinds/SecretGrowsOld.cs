namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>One more day, every day.</summary>
internal sealed class SecretGrowsOld : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "secret-grows-old";

    /// <inheritdoc />
    public override string Title => "A password is not replaced";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["secret-old"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => new AcodeOps.Metrics.Groups.SecretMetrics().Targets(environment).Any();

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.secret_age_days" ? healthy with { Value = moment.Setting.Objectives.RotationDays + 1 + moment.Progress } : healthy;
}
