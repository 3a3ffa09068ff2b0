namespace AcodeOps.Alerts.Rules;

/// <summary>One that failed is retried; two in a row do not mend themselves.</summary>
internal sealed class SyncFailing : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "sync-failing";

    /// <inheritdoc />
    public override string Title => "Syncs fail";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Error;

    /// <inheritdoc />
    public override string Meaning => "Two or more syncs of a route failed in a row: nothing new lands by it, and what they wrote may be half a snapshot.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeSync -Newest 3 shows them; Test-AcodeHealth Source, Storage, Airbyte what may be behind it.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Throughout("acode.sync_failures", AlertComparison.AtLeast, 2, 2, "route");
}
