namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Counted once, in one collection.</summary>
internal sealed class SomebodySwitches : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "somebody-switches";

    /// <inheritdoc />
    public override string Title => "Ingestion is switched to another route";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["failover-executed"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 1 && environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    internal override int Collections => 1;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name switch
    {
        "acode.failover_events" or "acode.failovers_30d" => healthy with { Value = 1 },
        _ => healthy,
    };
}
