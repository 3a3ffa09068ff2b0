namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Data still flows; redundancy is lost.</summary>
internal sealed class BackupDies : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "backup-dies";

    /// <inheritdoc />
    public override string Title => "The backup source does not answer any more";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["backup-down", "replication-behind"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindSource(SourceRole.Backup) is not null;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name switch
    {
        "acode.mysql_backup_health_checks" => Status(healthy, "failure"),
        "acode.mysql_backup_response_time" or "acode.replication_lag_seconds" => Unknown(healthy),
        _ => Verdict(Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Source, "backup"), AcodeOps.Verdict.Unknown, HealthComponent.Replication),
    };
}
