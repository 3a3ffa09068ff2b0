namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>As if there had never been one: there is no age to send.</summary>
internal sealed class NoDrillIsKnown : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "no-drill-is-known";

    /// <inheritdoc />
    public override string Title => "The mark of the last rehearsal is gone";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["drill-overdue"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 1 && environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name is "acode.drill_age_days" or "acode.drill_recovery_seconds" ? Unknown(healthy) : Verdict(healthy, AcodeOps.Verdict.Degraded, HealthComponent.Drill);
}
