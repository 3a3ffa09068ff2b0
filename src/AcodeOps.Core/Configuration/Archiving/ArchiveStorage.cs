using System.Globalization;

namespace AcodeOps.Configuration.Archiving;

/// <summary>The archives in a storage, the newest first by their ids. None is ever overwritten.</summary>
internal sealed class ArchiveStorage(IObjectStore storage, string environment)
{
    private string Folder => string.Create(CultureInfo.InvariantCulture, $"{storage.Definition.Prefix}acode_configuration/backups/{environment}/");

    /// <summary>Stores an archive.</summary>
    /// <returns>Its key.</returns>
    public async Task<string> WriteAsync(ConfigurationArchive archive, CancellationToken cancel)
    {
        string key = $"{Folder}{archive.Id}.json";
        try
        {
            await storage.PutAsync(key, ArchiveFile.Write(archive), new PutOptions { IfAbsent = true, Encrypt = true, ContentType = "application/json" }, cancel).ConfigureAwait(false);
        }
        catch (AcodeException there) when (there.Cause == FailureClass.Conflict)
        {
            // By an earlier attempt, whose answer was lost.
        }

        return key;
    }

    /// <summary>The keys of all archives, the newest first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel)
    {
        List<string> keys = [];
        await foreach (StoredObject found in storage.ListAsync(Folder, cancel: cancel).ConfigureAwait(false))
        {
            keys.Add(found.Key);
        }

        keys.Reverse();
        return keys;
    }

    /// <summary>One archive.</summary>
    /// <exception cref="AcodeException"><c>BackupNotFound</c>, <c>BackupDamaged</c>.</exception>
    public async Task<ConfigurationArchive> ReadAsync(string key, CancellationToken cancel)
    {
        ObjectContent? found = await storage.GetAsync(key, cancel).ConfigureAwait(false);
        return found is null
            ? throw new AcodeException("BackupNotFound", FailureClass.NotFound, $"There is no backup {key} in the {storage.Definition}.")
            {
                Advice = "Restore-AcodeConfiguration -ListAvailable shows what there is.",
                Subject = key,
            }
            : ArchiveFile.Read(found.Content, $"{key} in the {storage.Definition}");
    }

    /// <summary>The key of an archive by its id.</summary>
    public string KeyOf(string id) => $"{Folder}{id}.json";
}
