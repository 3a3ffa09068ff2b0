namespace AcodeOps.Health;

/// <summary>Does the backup follow the primary: threads, errors, received against applied, lag, last contact.</summary>
public sealed class ReplicationProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Replication;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.BackupName();

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel) =>
        ReplicationJudgement.Judge(
            await context.ReplicationAsync().ConfigureAwait(false), context.Environment.Objectives, context.Environment.PrimaryIsPartners());
}
