namespace AcodeOps.Tuning.Settings;

/// <summary>Reads how a source is set, with what the environment knows of its machine.</summary>
public static class SettingReader
{
    /// <summary>The settings.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="role">The source.</param>
    /// <param name="memoryGB">The memory of its machine in GB, as somebody told it; null where nobody did: then this machine's, where the source is on it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The source does not answer.</exception>
    public static async Task<ServerSettings> ReadAsync(IInstallation installation, SourceRole role, double? memoryGB, CancellationToken cancel)
    {
        ISource source = installation.Source(role);
        ServerSettings read = await source.Statistics.ReadSettingsAsync(cancel).ConfigureAwait(false);
        bool isHere = source.Definition.Host is "localhost" or "127.0.0.1" or "::1";
        return read with
        {
            IsReplica = await IsReplicaAsync(source, cancel).ConfigureAwait(false),
            MachineBytes = memoryGB is { } told ? (long)(told * (1 << 30)) : (isHere ? installation.MachineUsage.Read().Memory?.TotalBytes : null),
        };
    }

    // Who may not read replication knows what the source is for.
    private static async Task<bool> IsReplicaAsync(ISource source, CancellationToken cancel)
    {
        try
        {
            return (await source.ReadReplicationAsync(cancel).ConfigureAwait(false)).Count > 0;
        }
        catch (AcodeException failure) when (failure.Cause == FailureClass.Permission)
        {
            return source.Definition.Role == SourceRole.Backup;
        }
    }
}
