namespace AcodeOps.Health;

/// <summary>How probes call the sources, and what several of them ask.</summary>
internal static class SourceTargets
{
    /// <summary>The target's name of a source: <c>primary</c>, <c>backup</c>.</summary>
    public static string TargetName(this SourceRole role) => role == SourceRole.Primary ? "primary" : "backup";

    /// <summary>The source of a target.</summary>
    public static SourceRole RoleOf(string target) => target == "primary" ? SourceRole.Primary : SourceRole.Backup;

    /// <summary>The names of the sources that the environment has.</summary>
    public static IEnumerable<string> SourceNames(this AcodeEnvironment environment) => environment.Sources.Select(s => s.Role.TargetName()).Distinct();

    /// <summary>The backup, where there is one.</summary>
    public static IEnumerable<string> BackupName(this AcodeEnvironment environment) => environment.SourceNames().Where(name => name == "backup");

    /// <summary>True when the primary is somebody else's.</summary>
    public static bool PrimaryIsPartners(this AcodeEnvironment environment) => environment.FindSource(SourceRole.Primary)?.IsPartners == true;

    /// <summary>The backup's channels, read once a round.</summary>
    public static async Task<IReadOnlyList<ReplicationStatus>> ReplicationAsync(this HealthContext context)
    {
        ISource backup = await context.SourceAsync(SourceRole.Backup).ConfigureAwait(false);
        return await context.OnceAsync(typeof(ReplicationStatus), backup.ReadReplicationAsync).ConfigureAwait(false);
    }

    /// <summary>A table's watermark on a source, read once a round.</summary>
    public static Task<TableWatermark> WatermarkAsync(this HealthContext context, ISource source, TableDefinition table) =>
        context.OnceAsync((typeof(TableWatermark), source.Definition.Role, table.Name), cancel => source.ReadWatermarkAsync(table, cancel));
}
