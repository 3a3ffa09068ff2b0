namespace AcodeOps.Health;

/// <summary>Does the backup refuse writes: one that accepts them can drift away from the primary unseen.</summary>
public sealed class ReadOnlyProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Replication;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.BackupName().Select(name => $"{name} read-only");

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        await context.SourceAsync(SourceRole.Backup).ConfigureAwait(false);
        SourceServer server = await context.ServerAsync(SourceRole.Backup).ConfigureAwait(false);
        return server.IsReadOnly
            ? new Observation(Verdict.Healthy, "The backup refuses ordinary writes.")
            : new Observation(Verdict.Degraded, "The backup accepts writes: it can drift away from the primary, and replication can break on it.")
            {
                Evidence = ["read_only OFF"],
                Remedy = server.Flavor == SourceFlavor.MySql
                    ? "On the backup: SET PERSIST super_read_only = ON."
                    : "On the backup: SET GLOBAL read_only = ON, and the same in its configuration file.",
                ErrorId = "BackupAcceptsWrites",
            };
    }
}
