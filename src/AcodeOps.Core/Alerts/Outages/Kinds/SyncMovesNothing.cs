namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Green everywhere, and the lake is missing the rows.</summary>
internal sealed class SyncMovesNothing : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "sync-moves-nothing";

    /// <inheritdoc />
    public override string Title => "A sync succeeds and moves no row";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["zero-row-success"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name is "acode.sync_rows" or "acode.sync_bytes" ? healthy with { Value = 0 } : Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Connection);
}
