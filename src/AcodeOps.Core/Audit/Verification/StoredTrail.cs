using System.Runtime.CompilerServices;

namespace AcodeOps.Audit;

/// <summary>The trail of an installation: its audit storage, what waits on this machine, and the copies of the digests in the backup storage.</summary>
public sealed class StoredTrail(IInstallation installation) : IAuditMaterial
{
    private const int MaxFolders = 366;
    private readonly IObjectStore _storage = installation.Storage(StorageRole.Audit);
    private readonly IObjectStore? _backup = installation.Environment.FindStorage(StorageRole.Backup) is null ? null : installation.Storage(StorageRole.Backup);

    /// <inheritdoc />
    public string Name => $"s3://{_storage.Definition.Bucket}/{_storage.Definition.Prefix}";

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditFile> ListAsync(AuditSpan span, [EnumeratorCancellation] CancellationToken cancel)
    {
        // The spool first: a record that moves meanwhile is then seen in both places, not in none.
        List<AuditFile> waiting = [];
        await foreach (string key in installation.AuditSpool.ListAsync(cancel).ConfigureAwait(false))
        {
            waiting.Add(new(key, key, AuditPlace.Spool));
        }

        HashSet<string> stored = new(waiting.Count);
        foreach (string folder in Folders(span))
        {
            await foreach (AuditFile file in FilesAsync(_storage, folder, AuditPlace.Trail, cancel).ConfigureAwait(false))
            {
                if (waiting.Count > 0)
                {
                    stored.Add(file.Name);
                }

                yield return file;
            }
        }

        foreach (AuditFile file in waiting.Where(file => !stored.Contains(file.Name)))
        {
            yield return file;
        }

        await foreach (AuditFile file in DigestsAsync(_storage, span, AuditPlace.Trail, cancel).ConfigureAwait(false))
        {
            yield return file;
        }

        if (_backup is not null)
        {
            await foreach (AuditFile file in DigestsAsync(_backup, span, AuditPlace.Copy, cancel).ConfigureAwait(false))
            {
                yield return file;
            }
        }
    }

    /// <summary>The files of one day in the audit storage.</summary>
    internal IAsyncEnumerable<AuditFile> ListDayAsync(DateOnly day, CancellationToken cancel) => FilesAsync(_storage, AuditKey.DayPrefix(day), AuditPlace.Trail, cancel);

    /// <summary>True when the audit storage has a file of one day.</summary>
    internal async Task<bool> HasAnyAsync(DateOnly day, CancellationToken cancel)
    {
        await foreach (AuditFile _ in ListDayAsync(day, cancel).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }

    /// <summary>How many files of one day are in the audit storage.</summary>
    internal async Task<long> CountAsync(DateOnly day, CancellationToken cancel)
    {
        long count = 0;
        await foreach (AuditFile _ in ListDayAsync(day, cancel).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(AuditFile file, CancellationToken cancel)
    {
        if (file.Place == AuditPlace.Spool)
        {
            return await installation.AuditSpool.ReadAsync(file.Name, cancel).ConfigureAwait(false);
        }

        IObjectStore store = file.Place == AuditPlace.Copy ? _backup! : _storage;
        return (await store.GetAsync(store.Definition.Prefix + file.Name, cancel).ConfigureAwait(false))?.Content;
    }

    // Many days are listed as one: that is fewer requests than one for each.
    private IEnumerable<string> Folders(AuditSpan span)
    {
        DateOnly to = span.To ?? DateOnly.FromDateTime(installation.Clock.GetUtcNow().UtcDateTime).AddDays(1);
        return span.From is { } from && to.DayNumber - from.DayNumber is < MaxFolders and var days
            ? Enumerable.Range(0, days + 1).Select(day => AuditKey.DayPrefix(from.AddDays(day)))
            : [AuditKey.Root];
    }

    private static async IAsyncEnumerable<AuditFile> DigestsAsync(IObjectStore store, AuditSpan span, AuditPlace place, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (AuditFile file in FilesAsync(store, DigestKey.Root, place, cancel).ConfigureAwait(false))
        {
            // What names no day is shown as well: it does not belong there.
            if (DigestKey.TryParse(file.Name) is not { } day || span.OfDigests.Contains(day))
            {
                yield return file;
            }
        }
    }

    private static async IAsyncEnumerable<AuditFile> FilesAsync(IObjectStore store, string folder, AuditPlace place, [EnumeratorCancellation] CancellationToken cancel)
    {
        string prefix = store.Definition.Prefix;
        await foreach (StoredObject found in store.ListAsync(prefix + folder, cancel: cancel).ConfigureAwait(false))
        {
            yield return new($"s3://{store.Definition.Bucket}/{found.Key}", found.Key[prefix.Length..], place);
        }
    }
}
