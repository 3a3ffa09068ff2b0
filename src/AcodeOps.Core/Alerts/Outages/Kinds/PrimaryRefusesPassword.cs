namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Somebody rotated a secret: nothing is down, and nothing may say that it is.</summary>
internal sealed class PrimaryRefusesPassword : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "primary-refuses-password";

    /// <inheritdoc />
    public override string Title => "The primary source refuses the password";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["check-unknown"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindSource(SourceRole.Primary) is not null;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name switch
    {
        "acode.mysql_primary_health_checks" => Status(healthy, "unknown"),
        "acode.mysql_primary_response_time" => Unknown(healthy),
        _ => Verdict(healthy, AcodeOps.Verdict.Unknown, HealthComponent.Source, "primary"),
    };
}
