namespace AcodeOps.Alerts.Rules;

/// <summary>For those who did not do it themselves.</summary>
internal sealed class FailoverExecuted : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "failover-executed";

    /// <inheritdoc />
    public override string Title => "Ingestion was switched to another route";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Information;

    /// <inheritdoc />
    public override string Meaning => "A switch between routes has ended.";

    /// <inheritdoc />
    public override string Advice => "Get-AcodeRunbook tells who switched, when and why; Invoke-AcodeFailover leads back once Test-AcodeHealth finds well what the preferred route needs.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 1 && environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Counted("acode.failover_events", 1, 2);
}
