using System.Runtime.CompilerServices;
using AcodeOps.Configuration.Archiving;
using AcodeOps.Syncs;

namespace AcodeOps.Configuration;

/// <summary>Makes, lists and reads backups of Airbyte's configuration. What is read is verified by its checksum.</summary>
/// <param name="installation">The installation.</param>
public sealed class ConfigurationBackups(IInstallation installation)
{
    /// <summary>Reads all that Airbyte has, and how far each stream was read.</summary>
    /// <returns>The backup, not stored yet.</returns>
    public async Task<ConfigurationSnapshot> ReadAsync(CancellationToken cancel) => new(await new ArchiveReader(installation).ReadAsync(cancel).ConfigureAwait(false));

    /// <summary>Stores it.</summary>
    /// <param name="snapshot">What was read.</param>
    /// <param name="role">The storage.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The backup, as it was read back.</returns>
    public async Task<ConfigurationBackup> StoreAsync(ConfigurationSnapshot snapshot, StorageRole role, CancellationToken cancel)
    {
        ArchiveStorage storage = StorageOf(role);
        string key = await storage.WriteAsync(snapshot.Archive, cancel).ConfigureAwait(false);
        return Described(await storage.ReadAsync(key, cancel).ConfigureAwait(false), key, role);
    }

    /// <summary>The backups in a storage, the newest first; one that cannot be read is a failure.</summary>
    public async IAsyncEnumerable<(ConfigurationBackup? Backup, AcodeException? Failure)> ListAsync(StorageRole role, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArchiveStorage storage = StorageOf(role);
        foreach (string key in await storage.ListAsync(cancel).ConfigureAwait(false))
        {
            (ConfigurationBackup?, AcodeException?) read;
            try
            {
                read = (Described(await storage.ReadAsync(key, cancel).ConfigureAwait(false), key, role), null);
            }
            catch (AcodeException failure) when (failure.Id is "BackupDamaged" or "BackupNotFound")
            {
                read = (null, failure);
            }

            yield return read;
        }
    }

    /// <summary>Reads one by its id; the newest without one.</summary>
    /// <exception cref="AcodeException"><c>BackupNotFound</c>, <c>BackupDamaged</c>.</exception>
    public async Task<ConfigurationSnapshot> FindAsync(string? id, StorageRole role, CancellationToken cancel)
    {
        ArchiveStorage storage = StorageOf(role);
        string key = id is not null ? storage.KeyOf(id) : (await storage.ListAsync(cancel).ConfigureAwait(false)) is [var newest, ..] ? newest : throw new AcodeException(
            "BackupNotFound", FailureClass.NotFound, $"There is no backup of the configuration of environment '{installation.Environment.Name}' in the {role} storage.")
        {
            Advice = "Backup-AcodeConfiguration makes one.",
            Subject = role,
        };
        return new ConfigurationSnapshot(await storage.ReadAsync(key, cancel).ConfigureAwait(false));
    }

    /// <summary>A backup's content for a file.</summary>
    public static byte[] ToFile(ConfigurationSnapshot snapshot) => ArchiveFile.Write(snapshot.Archive);

    /// <summary>A backup from a file's content.</summary>
    /// <exception cref="AcodeException"><c>BackupDamaged</c>.</exception>
    public static ConfigurationSnapshot OfFile(ReadOnlyMemory<byte> content, string path) => new(ArchiveFile.Read(content, $"'{path}'"));

    /// <summary>What a backup holds.</summary>
    public static ConfigurationBackup Describe(ConfigurationSnapshot snapshot, string location) => Described(snapshot.Archive, location, null);

    private ArchiveStorage StorageOf(StorageRole role) => new(installation.Storage(role), installation.Environment.Name);

    private static ConfigurationBackup Described(ConfigurationArchive archive, string location, StorageRole? role) => new()
    {
        Id = archive.Id,
        Environment = archive.Environment,
        Workspace = archive.Workspace,
        MadeAt = archive.At,
        Location = location,
        Storage = role,
        AirbyteVersion = archive.AirbyteVersion,
        Sources = archive.Resources.Count(resource => resource.Resource.Kind == ConfiguredKind.Source),
        Destinations = archive.Resources.Count(resource => resource.Resource.Kind == ConfiguredKind.Destination),
        Connections = archive.Resources.Count(resource => resource.Resource.Kind == ConfiguredKind.Connection),
        States = archive.States.Count(state => state.State is { Kind: not SyncStateKind.NotSet }),
        Cursors =
        [
            .. from state in archive.States
               from stream in state.State?.Streams ?? []
               let cursor = StreamCursor.Read(stream)
               where cursor is not null
               select $"{(stream.Namespace is null ? "" : stream.Namespace + ".")}{stream.Name}: {cursor.Value}",
        ],
    };
}

/// <summary>A backup with all that it holds.</summary>
public sealed class ConfigurationSnapshot
{
    internal ConfigurationSnapshot(ConfigurationArchive archive) => Archive = archive;

    internal ConfigurationArchive Archive { get; }
}
