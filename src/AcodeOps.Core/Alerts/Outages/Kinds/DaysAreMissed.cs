namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Each mends itself before anybody has looked; together they are a trend.</summary>
internal sealed class DaysAreMissed : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "days-are-missed";

    /// <inheritdoc />
    public override string Title => "Two days of the week end without fresh data";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["slots-missed"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.slots_missed_7d" ? healthy with { Value = 2 } : healthy;
}
