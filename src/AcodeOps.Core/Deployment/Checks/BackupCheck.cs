using AcodeOps.Configuration;
using AcodeOps.Health;

namespace AcodeOps.Deployment.Checks;

/// <summary>There is a backup of the configuration to fall back on, and it is of today.</summary>
internal sealed class BackupCheck : DeploymentCheck
{
    private const double MostHours = 24;

    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.Before;

    /// <inheritdoc />
    public override string Target => "configuration backup";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        List<AcodeException> damaged = [];
        await foreach ((ConfigurationBackup? backup, AcodeException? failure) in new ConfigurationBackups(context.Installation).ListAsync(StorageRole.Audit, cancel).ConfigureAwait(false))
        {
            if (backup is not null)
            {
                return Judge(backup, damaged, context.Now);
            }

            damaged.Add(failure!);
        }

        return Judge(null, damaged, context.Now);
    }

    /// <param name="newest">The newest that can be read; null for none.</param>
    /// <param name="damaged">Why those that are newer cannot be.</param>
    /// <param name="now">The time.</param>
    internal static Observation Judge(ConfigurationBackup? newest, IReadOnlyCollection<AcodeException> damaged, DateTimeOffset now)
    {
        double? hours = newest is null ? null : Math.Max(0, (now - newest.MadeAt).TotalHours);
        Observation seen = new(Verdict.Degraded, "There is no backup of the configuration.")
        {
            Value = hours,
            Unit = "h",
            Threshold = MostHours,
            Evidence = [.. newest is null ? Array.Empty<string>() : [$"{newest}: {newest.Sources} sources, {newest.Destinations} destinations, {newest.Connections} connections"], .. damaged.Select(failure => failure.Message)],
            ErrorId = "BackupOutdated",
            Remedy = "Backup-AcodeConfiguration makes one.",
        };
        return newest is null ? seen
            : hours > MostHours ? seen with { Summary = $"The newest backup of the configuration is {Durations.InWords(hours.Value * 3600)} old." }
            : damaged.Count > 0 ? seen with { Summary = $"The newest backup that can be read is {newest}; {damaged.Count} newer ones are damaged.", ErrorId = "BackupDamaged" }
            : seen with { Verdict = Verdict.Healthy, Summary = $"The newest backup of the configuration is {Durations.InWords(hours!.Value * 3600)} old.", ErrorId = null, Remedy = null };
    }
}
