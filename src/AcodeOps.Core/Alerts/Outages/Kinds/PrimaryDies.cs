namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>The partner's server is gone. How far the backup is behind is not known then: it has nobody left to be behind of.</summary>
internal sealed class PrimaryDies : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "primary-dies";

    /// <inheritdoc />
    public override string Title => "The primary source does not answer any more";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["primary-down"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindSource(SourceRole.Primary) is not null;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name switch
    {
        "acode.mysql_primary_health_checks" => Status(healthy, "failure"),
        "acode.mysql_primary_response_time" or "acode.replication_lag_seconds" => Unknown(healthy),
        _ => Verdict(Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Source, "primary"), AcodeOps.Verdict.Degraded, HealthComponent.Replication),
    };
}
