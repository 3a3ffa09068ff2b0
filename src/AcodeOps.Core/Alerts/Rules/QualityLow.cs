using AcodeOps.Metrics.Groups;

namespace AcodeOps.Alerts.Rules;

/// <summary>Data that is fresh may still be wrong.</summary>
internal sealed class QualityLow : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "quality-low";

    /// <inheritdoc />
    public override string Title => "The data is worse than promised";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Warning;

    /// <inheritdoc />
    public override string Meaning => "The score of a table, when it was last tested on record, is lower than promised.";

    /// <inheritdoc />
    public override string Advice => "(Test-AcodeDataQuality TABLE).Rules tells which rules are not kept, with the keys of the rows; the record has from where to read them again.";

    /// <inheritdoc />
    public override string Objective => "qualityScore";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => new QualityMetrics().Targets(environment).Any();

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.data_quality_score", AlertComparison.Below, setting.Objectives.QualityScore, 2, "table");
}
