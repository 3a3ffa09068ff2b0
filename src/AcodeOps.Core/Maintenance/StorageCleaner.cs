using System.Collections.Concurrent;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Syncs;

namespace AcodeOps.Maintenance;

/// <summary>
/// Deletes old objects of a storage that are nobody's: below a prefix that is no stream's folder and none of the product's own, older than an age, and only
/// while no sync writes to the storage. Each object is looked at once more right before it is deleted.
/// </summary>
/// <param name="installation">The installation.</param>
public sealed class StorageCleaner(IInstallation installation)
{
    // What the product keeps: the trail, its digests, journals, copies, results, leases.
    private const string OwnPrefix = "acode_";
    private const int DeletesAtOnce = 8;
    private const int MostLeft = 100;

    /// <summary>The shortest age: an upload that takes long, or a sync that is taken up again, is never that old.</summary>
    public static TimeSpan LeastAge { get; } = TimeSpan.FromDays(1);

    /// <summary>Lists what would be deleted.</summary>
    /// <param name="role">The storage.</param>
    /// <param name="prefix">What the keys start with, below the storage's own prefix.</param>
    /// <param name="age">How old they must be.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">
    /// <c>ClearingTooWide</c>, <c>ClearingOfLake</c>, <c>ClearingOfKeptStorage</c>, <c>SyncRunning</c>, <c>RoutesUnknown</c> (Refused), or a server's failure.
    /// </exception>
    public async Task<(StorageClearing Planned, IReadOnlyList<StoredObject> Objects)> FindAsync(StorageRole role, string prefix, TimeSpan age, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        IObjectStore store = installation.Storage(role);
        string whole = store.Definition.Prefix + prefix.TrimStart('/');
        string location = $"s3://{store.Definition.Bucket}/{whole}";
        Refuse(role, store.Definition, whole, location, age);
        await RefuseRoutesAsync(store.Definition, whole, location, cancel).ConfigureAwait(false);
        DateTimeOffset before = installation.Clock.GetUtcNow() - age;
        List<StoredObject> old = [];
        int younger = 0;
        await foreach (StoredObject stored in store.ListAsync(whole, cancel: cancel).ConfigureAwait(false))
        {
            if (stored.ModifiedAt < before)
            {
                old.Add(stored);
            }
            else
            {
                younger++;
            }
        }

        return (
            new StorageClearing
            {
                Environment = installation.Environment.Name,
                Storage = role,
                Location = location,
                Before = before,
                Objects = old.Count,
                Bytes = old.Sum(stored => stored.SizeBytes),
                OldestAt = old.Count > 0 ? old.Min(stored => stored.ModifiedAt) : null,
                NewestAt = old.Count > 0 ? old.Max(stored => stored.ModifiedAt) : null,
                Younger = younger,
                Status = StorageClearingStatus.Planned,
            },
            old);
    }

    /// <summary>Deletes what was listed. Stopped anywhere, it can be done again.</summary>
    /// <param name="planned">What was listed.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="progress">Is told how many are gone; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>SyncRunning</c> (Refused): one has begun since; or the storage's failure.</exception>
    public async Task<StorageClearing> DeleteAsync(StorageClearing planned, IReadOnlyList<StoredObject> objects, IProgress<int>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(objects);
        IObjectStore store = installation.Storage(planned.Storage);
        await RefuseRoutesAsync(store.Definition, planned.Location[$"s3://{store.Definition.Bucket}/".Length..], planned.Location, cancel).ConfigureAwait(false);
        ConcurrentBag<string> left = [];
        int deleted = 0;
        await Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancel }, async (listed, stop) =>
        {
            StoredObject? now = await store.FindAsync(listed.Key, stop).ConfigureAwait(false);
            if (now is null)
            {
                return;
            }

            if (now.ETag != listed.ETag || now.ModifiedAt >= planned.Before)
            {
                left.Add(listed.Key);
                return;
            }

            await store.DeleteAsync(listed.Key, stop).ConfigureAwait(false);
            int done = Interlocked.Increment(ref deleted);
            progress?.Report(done);
        }).ConfigureAwait(false);
        return planned with { Status = StorageClearingStatus.Completed, Deleted = deleted, Left = [.. left.Order(StringComparer.Ordinal).Take(MostLeft)] };
    }

    private void Refuse(StorageRole role, StorageDefinition storage, string whole, string location, TimeSpan age)
    {
        if (role is not (StorageRole.Primary or StorageRole.Quarantine))
        {
            throw Refused("ClearingOfKeptStorage", $"Nothing is ever deleted from the {role} storage by age.", "Let a lifecycle rule of the bucket do it, where that is wanted.", location);
        }

        if (whole.Length == storage.Prefix.Length)
        {
            throw Refused("ClearingTooWide", $"The prefix is the whole {storage}.", "Name the folder below it, as in temp/.", location);
        }

        if (whole[storage.Prefix.Length..].StartsWith(OwnPrefix, StringComparison.Ordinal) || OwnPrefix.StartsWith(whole[storage.Prefix.Length..], StringComparison.Ordinal))
        {
            throw Refused("ClearingTooWide", $"What AcodeOps keeps lies at {location}.", "Name another folder.", location);
        }

        // A bucket may hold several storages: what lies below another one's prefix is that one's.
        if (installation.Environment.Storages.FirstOrDefault(other => other.Role != role && other.Bucket == storage.Bucket && other.Prefix.Length >= storage.Prefix.Length
            && (whole.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(whole, StringComparison.Ordinal))) is { } holder)
        {
            throw Refused("ClearingOfKeptStorage", $"{location} is part of the {holder}.", "Name another folder.", location);
        }

        if (age < LeastAge)
        {
            throw Refused("ClearingTooYoung", $"Objects younger than {LeastAge.TotalHours:0} hours are never deleted.", "Ask for a greater age.", location);
        }
    }

    private async Task RefuseRoutesAsync(StorageDefinition storage, string whole, string location, CancellationToken cancel)
    {
        IReadOnlyList<RouteReading> routes = await RouteReader.ReadAsync(installation, cancel).ConfigureAwait(false);
        foreach (RouteReading route in routes.Where(route => installation.Environment.FindStorage(route.Definition.Storage)?.Bucket == storage.Bucket))
        {
            if (route.Problem is not null || route.Connection is null || route.Destination is null)
            {
                throw Refused("RoutesUnknown", $"Where route '{route.Route}' lands, and whether it writes, is not known: nothing is deleted from {location}.", route.Problem?.Advice ?? "Get-AcodeRoute tells what is missing.", location);
            }

            if (StreamPlace.Of([route]).FirstOrDefault(place => place.Folder.StartsWith(whole, StringComparison.Ordinal) || whole.StartsWith(place.Folder, StringComparison.Ordinal)) is { } lake)
            {
                throw Refused("ClearingOfLake", $"The stream {lake.Stream.Name} lands at {lake.Shown}: {location} is part of the lake.", "What is wrong in the lake goes to quarantine: Move-AcodeData, or Get-AcodeRecoveryPlan -CorruptedPrefix.", location);
            }

            if (route.Syncs.FirstOrDefault(sync => !sync.IsTerminal) is { } running)
            {
                throw Refused("SyncRunning", $"{running} of route '{route.Route}' may be writing to {storage}: nothing is deleted.", "Wait-AcodeSync, and repeat.", location);
            }
        }
    }

    private static AcodeException Refused(string id, string message, string advice, string location) => new(id, FailureClass.Refused, message) { Advice = advice, Subject = location };
}
