namespace AcodeOps.Alerts.Rules;

/// <summary>Redundancy is lost while data still flows.</summary>
internal sealed class BackupDown : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "backup-down";

    /// <inheritdoc />
    public override string Title => "The backup source is down";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Error;

    /// <inheritdoc />
    public override string Meaning => "The backup MySQL server did not answer three times: if the primary fails now, there is nothing to switch to.";

    /// <inheritdoc />
    public override string Advice => "Test-AcodeHealth Source, Replication tells why. The server is your own: mend it before it is needed.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindSource(SourceRole.Backup) is not null;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => setting.Counted("acode.mysql_backup_health_checks", 3, 4, "status:failure");
}
