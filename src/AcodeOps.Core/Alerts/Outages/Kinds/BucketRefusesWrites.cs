namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>It is full, or its server fails.</summary>
internal sealed class BucketRefusesWrites : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "bucket-refuses-writes";

    /// <inheritdoc />
    public override string Title => "A storage can no longer be written";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["storage-failing"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Storages.Count > 0;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy switch
    {
        { Name: "acode.s3_health_checks" } when healthy.Tags.Contains(Bucket(moment)) => Status(healthy, "failure"),
        { Name: "acode.s3_primary_response_time" or "acode.s3_backup_response_time" } when healthy.Tags.Contains(Bucket(moment)) => Unknown(healthy),
        _ => Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Storage, Bucket(moment).Split(':')[1]),
    };

    private static string Bucket(OutageMoment moment) => $"bucket:{moment.Setting.Environment.Storages[0].Role.ToString().ToLowerInvariant()}";
}
