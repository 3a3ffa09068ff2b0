namespace AcodeOps.Alerts.Rules;

/// <summary>Before it is too late there is still time to look.</summary>
internal sealed class DataAging : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "data-aging";

    /// <inheritdoc />
    public override string Title => "Data is getting old";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Warning;

    /// <inheritdoc />
    public override string Meaning => "The newest row of a table is older than usual, and not yet older than promised.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeSync tells whether the last sync failed or still runs; Test-AcodeHealth Freshness whether the source has anything newer.";

    /// <inheritdoc />
    public override string Objective => "freshnessWarningHours";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Sources.Count > 0 && environment.Tables.Any(table => table.ProcessedAt is not null);

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.data_freshness_hours", AlertComparison.Above, setting.Objectives.FreshnessWarningHours, 3, "table");
}
