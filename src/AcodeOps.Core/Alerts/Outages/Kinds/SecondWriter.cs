namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Two connections write to one lake.</summary>
internal sealed class SecondWriter : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "second-writer";

    /// <inheritdoc />
    public override string Title => "A second route is switched on by hand";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["two-writers"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 1;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.route_active" ? healthy with { Value = 1 } : Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Connection, "active route");
}
