namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>The replica applies less than it receives.</summary>
internal sealed class ReplicaFallsBehind : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "replica-falls-behind";

    /// <inheritdoc />
    public override string Title => "The backup falls behind";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["replication-behind"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindSource(SourceRole.Backup) is not null;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.replication_lag_seconds" ? healthy with { Value = moment.Beyond(moment.Setting.Objectives.LagSeconds) }
        : Verdict(healthy, AcodeOps.Verdict.Degraded, HealthComponent.Replication);
}
