namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>A switch that was cut off and never carried on, or a hand in Airbyte.</summary>
internal sealed class AllRoutesOff : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "all-routes-off";

    /// <inheritdoc />
    public override string Title => "No route is active any more";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["no-writer"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.route_active" ? healthy with { Value = 0 } : Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Connection, "active route");
}
