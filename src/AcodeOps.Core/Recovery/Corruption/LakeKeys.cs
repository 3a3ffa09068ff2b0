using System.Collections.Concurrent;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>The keys of the rows that objects hold.</summary>
internal static class LakeKeys
{
    // Beyond that, keys in memory cost too much.
    private const int Most = 5_000_000;
    private const int ReadsAtOnce = 8;

    /// <summary>The keys; null where there are too many, or one of the objects is damaged.</summary>
    /// <param name="lake">The reader.</param>
    /// <param name="store">Where the objects are.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="key">The key column.</param>
    /// <param name="cursor">The cursor column; null for none.</param>
    /// <param name="upTo">Only of rows whose cursor is not greater; null for all.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<IReadOnlySet<string>?> ReadAsync(
        ILakeReader lake, IObjectStore store, IEnumerable<StoredObject> objects, string key, string? cursor, string? upTo, CancellationToken cancel)
    {
        ConcurrentDictionary<string, byte> keys = new(StringComparer.Ordinal);
        int unknown = 0;
        await Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancel }, async (stored, stop) =>
        {
            try
            {
                await foreach (LakeRow row in lake.ReadRowsAsync(store, stored, key, cursor, stop).ConfigureAwait(false))
                {
                    if (upTo is not null && !(row.Cursor is { } value && CursorOrder.Compare(value, upTo) <= 0))
                    {
                        continue;
                    }

                    if (keys.TryAdd(row.Key, 0) && keys.Count > Most)
                    {
                        Interlocked.Increment(ref unknown);
                        return;
                    }
                }
            }
            catch (AcodeException failure) when (PartitionContent.IsDamage(failure))
            {
                Interlocked.Increment(ref unknown);
            }
        }).ConfigureAwait(false);
        return unknown > 0 ? null : keys.Keys.ToHashSet(StringComparer.Ordinal);
    }
}
