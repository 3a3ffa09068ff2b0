using AcodeOps.Health;
using AcodeOps.Metrics.Inventories;

namespace AcodeOps.Metrics;

/// <summary>
/// Counts a storage to its last object, with memory that does not grow with it. A large one is cut into ranges of keys at its
/// folders, and several are listed at once: a server answers a page in its own time, whoever asks.
/// </summary>
public static class StorageCensus
{
    // What one listing counts before it is worth to look for folders.
    private const int Small = 2_000;

    // Each range may be overrun by a page: few against what is worth to cut.
    private const int MostRanges = 32;
    private const int MostFolders = 1_000;
    private const int AtOnce = 8;

    /// <summary>The figures of a storage, counted once a call.</summary>
    internal static Task<StorageFigures> ReadAsync(HealthContext context, string target) => context.OnceAsync((typeof(StorageFigures), target), cancel =>
    {
        StorageDefinition storage = context.Environment.Storages.First(storage => StorageProbe.Name(storage.Role) == target);
        return storage.Inventory is { } inventory
            ? new InventoryCensus(context.Installation.Inventory(storage.Role), storage, inventory.Name, context.Now).CountAsync(cancel)
            : CountAsync(context.Installation.Storage(storage.Role), cancel);
    });

    /// <summary>Counts everything under a storage's prefix.</summary>
    /// <exception cref="AcodeException">It cannot be listed.</exception>
    public static async Task<StorageFigures> CountAsync(IObjectStore store, CancellationToken cancel)
    {
        string prefix = store.Definition.Prefix;
        (StorageFigures begin, string? last) = await CountAsync(store, prefix, null, null, Small, cancel).ConfigureAwait(false);
        StorageFigures all = begin;
        if (last is not null)
        {
            string[] cuts = await CutsAsync(store, prefix, last, cancel).ConfigureAwait(false);
            IEnumerable<(string After, string? UpTo)> ranges = cuts.Prepend(last).Zip(cuts.Cast<string?>().Append(null));
            using SemaphoreSlim gate = new(AtOnce);
            StorageFigures[] parts = await Task.WhenAll(ranges.Select(range => CountGatedAsync(range.After, range.UpTo))).ConfigureAwait(false);
            all = parts.Aggregate(begin, (sum, part) => sum.Plus(part));

            async Task<StorageFigures> CountGatedAsync(string after, string? upTo)
            {
                await gate.WaitAsync(cancel).ConfigureAwait(false);
                try
                {
                    return (await CountAsync(store, prefix, after, upTo, long.MaxValue, cancel).ConfigureAwait(false)).Figures;
                }
                finally
                {
                    gate.Release();
                }
            }
        }

        return all with { Evidence = [FormattableString.Invariant($"{all.Objects:#,0} objects listed under s3://{store.Definition.Bucket}/{prefix}")] };
    }

    /// <summary>Counts the keys after one and up to another, both exact.</summary>
    /// <returns>The figures, and the last key that was counted where there may be more; null where the range has ended.</returns>
    private static async Task<(StorageFigures Figures, string? Last)> CountAsync(
        IObjectStore store, string prefix, string? after, string? upTo, long most, CancellationToken cancel)
    {
        long objects = 0, bytes = 0;
        DateTimeOffset? newest = null;
        await foreach (StoredObject stored in store.ListAsync(prefix, after, cancel).ConfigureAwait(false))
        {
            if (upTo is not null && KeyOrder.Compare(stored.Key, upTo) > 0)
            {
                break;
            }

            objects++;
            bytes += stored.SizeBytes;
            // Empty objects are markers of folders.
            newest = stored.SizeBytes > 0 && (newest is null || stored.ModifiedAt > newest) ? stored.ModifiedAt : newest;
            if (objects == most)
            {
                return (new StorageFigures(objects, bytes, newest), stored.Key);
            }
        }

        return (new StorageFigures(objects, bytes, newest), null);
    }

    /// <summary>Where the keys after one are cut: folders of the first level that has several, evenly chosen.</summary>
    private static async Task<string[]> CutsAsync(IObjectStore store, string prefix, string after, CancellationToken cancel)
    {
        List<string> folders = [prefix];
        for (int depth = 0; depth < 6 && folders.Count is > 0 and < MostRanges; depth++)
        {
            List<string> deeper = [];
            foreach (string folder in folders)
            {
                await foreach (string found in store.ListFoldersAsync(folder, cancel).ConfigureAwait(false))
                {
                    deeper.Add(found);
                    if (deeper.Count == MostFolders)
                    {
                        break;
                    }
                }
            }

            if (deeper.Count == 0)
            {
                break;
            }

            folders = deeper;
        }

        string[] cuts = [.. folders.Where(folder => KeyOrder.Compare(folder, after) > 0).Distinct().Order(Comparer<string>.Create(KeyOrder.Compare))];
        int step = (cuts.Length + MostRanges - 1) / MostRanges;
        return [.. cuts.Where((_, i) => i % Math.Max(step, 1) == 0)];
    }
}
