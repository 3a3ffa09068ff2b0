namespace AcodeOps.Alerts.Rules;

/// <summary>The newest row is older than what is promised.</summary>
internal sealed class DataStale : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "data-stale";

    /// <inheritdoc />
    public override string Title => "Data is stale";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Critical;

    /// <inheritdoc />
    public override string Meaning => "The newest row of a table is older than promised: whoever reads the lake reads old figures.";

    /// <inheritdoc />
    public override string Advice => "Test-AcodeHealth Freshness, Source, Replication tells whether the source itself has nothing newer; then ask the partner whether and when data was sent.";

    /// <inheritdoc />
    public override string Objective => "freshnessHours";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Sources.Count > 0 && environment.Tables.Any(table => table.ProcessedAt is not null);

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.data_freshness_hours", AlertComparison.Above, setting.Objectives.FreshnessHours, 3, "table");
}
