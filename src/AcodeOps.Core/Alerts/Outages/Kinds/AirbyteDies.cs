namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>What it alone knows is not known: which route writes, and what its syncs did.</summary>
internal sealed class AirbyteDies : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "airbyte-dies";

    /// <inheritdoc />
    public override string Title => "Airbyte does not answer any more";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["check-unknown"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name is "acode.route_active" or "acode.slots_missed_7d" || healthy.Name.StartsWith("acode.sync_", StringComparison.Ordinal) ? Unknown(healthy)
        : Verdict(Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Airbyte), AcodeOps.Verdict.Unknown, HealthComponent.Connection);
}
