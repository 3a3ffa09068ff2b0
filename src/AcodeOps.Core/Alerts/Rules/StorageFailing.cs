namespace AcodeOps.Alerts.Rules;

/// <summary>Listing, writing, reading or deleting fails. A missing permission is no failure here: its status is unknown, not failure.</summary>
internal sealed class StorageFailing : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "storage-failing";

    /// <inheritdoc />
    public override string Title => "A storage does not work";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Error;

    /// <inheritdoc />
    public override string Meaning => "A storage could not be listed, written, read or deleted from three times: what lands there is lost or late.";

    /// <inheritdoc />
    public override string Advice => "Test-AcodeHealth Storage tells which of it fails; Get-AcodeRecoveryPlan which route there is around it.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Storages.Count > 0;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Counted("acode.s3_health_checks", 3, 4, "status:failure") with
    {
        GroupBy = ["bucket"],
    };
}
