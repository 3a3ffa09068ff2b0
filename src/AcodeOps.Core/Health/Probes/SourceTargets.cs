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
    public static async Task<TableWatermark> WatermarkAsync(this HealthContext context, ISource source, TableDefinition table) =>
        await context.IsPassedAsync(source, table).ConfigureAwait(false)
            ? (await context.PassAsync(source, table).ConfigureAwait(false)).Watermark
            : await context.OnceAsync((typeof(TableWatermark), source.Definition.Role, table.Name), cancel => source.ReadWatermarkAsync(table, cancel)).ConfigureAwait(false);

    /// <summary>A table's rows of the last closed day, of the days that it is compared with, and of today; read once a round.</summary>
    public static async Task<TableVolume> VolumeAsync(this HealthContext context, ISource source, TableDefinition table) =>
        await context.IsPassedAsync(source, table).ConfigureAwait(false)
            ? (await context.PassAsync(source, table).ConfigureAwait(false)).Volume
            : await context.OnceAsync(
                (typeof(TableVolume), source.Definition.Role, table.Name),
                cancel => source.ReadVolumeAsync(table, context.Today().AddDays(-1 - VolumeProbe.Compared), context.Today(), cancel)).ConfigureAwait(false);

    /// <summary>Everything that is asked of a table with an event date, in one statement; read once a round.</summary>
    public static Task<TablePass> PassAsync(this HealthContext context, ISource source, TableDefinition table) => context.OnceAsync(
        (typeof(TablePass), source.Definition.Role, table.Name),
        cancel => source.ReadPassAsync(table, context.Today().AddDays(-1 - VolumeProbe.Compared), context.Today(), cancel));

    /// <summary>Today's date where the sources are.</summary>
    public static DateOnly Today(this HealthContext context) => LocalTimes.Today(context.Now, LocalTimes.Zone(context.Environment.TimeZone));

    // The other source is only asked how far it reaches: counting there would cost it for nothing.
    private static async Task<bool> IsPassedAsync(this HealthContext context, ISource source, TableDefinition table) =>
        context.ReadsTablesInOnePass && table.EventDate is not null
        && (await FreshestSource.ChooseAsync(context).ConfigureAwait(false)).Source.Definition.Role == source.Definition.Role;
}
