namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>The partner sends codes that are none: fresh rows, as many as ever.</summary>
internal sealed class DataGoesBad : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "data-goes-bad";

    /// <inheritdoc />
    public override string Title => "Rows come in time and are wrong";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["quality-low"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => new AcodeOps.Metrics.Groups.QualityMetrics().Targets(environment).Any();

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.data_quality_score" ? healthy with { Value = moment.Setting.Objectives.QualityScore * 0.8 } : healthy;
}
