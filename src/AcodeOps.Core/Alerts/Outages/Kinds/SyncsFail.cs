namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Each fails, and the next does as well.</summary>
internal sealed class SyncsFail : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "syncs-fail";

    /// <inheritdoc />
    public override string Title => "One sync after the other fails";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["sync-failing"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.sync_failures" ? healthy with { Value = 1 + (moment.Collection / 3) } : Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Connection);
}
