using System.Collections.Concurrent;
using System.Globalization;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>What objects hold by their footers. Of what is damaged nothing is believed that the footer does not say.</summary>
internal sealed record PartitionContent
{
    // Beyond that, footers cost too much; what is not read counts as unreadable.
    private const int MostFooters = 5_000;
    private const int ReadsAtOnce = 8;
    private const int MostNames = 20;

    public long Objects { get; init; }

    public long Bytes { get; init; }

    /// <summary>Rows of those that could be read.</summary>
    public long Rows { get; init; }

    public long UnreadableObjects { get; init; }

    /// <summary>The first ones of those that could not be read.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>The range of the keys of those that could be read; null where one of them does not tell it, or none has rows.</summary>
    public ColumnRange? Keys { get; init; }

    /// <summary>The same of the cursor.</summary>
    public ColumnRange? Cursors { get; init; }

    /// <summary>Reads the footers.</summary>
    /// <param name="lake">The reader.</param>
    /// <param name="store">Where the objects are.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="key">The key column.</param>
    /// <param name="cursor">The cursor column; null for none.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The storage's failure.</exception>
    public static async Task<PartitionContent> ReadAsync(
        ILakeReader lake, IObjectStore store, IReadOnlyList<StoredObject> objects, string key, string? cursor, CancellationToken cancel)
    {
        ConcurrentBag<LakeFile> files = [];
        ConcurrentBag<string> unreadable = [];
        string[] columns = cursor is null ? [key] : [key, cursor];
        await Parallel.ForEachAsync(objects.Take(MostFooters), new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancel }, async (stored, stop) =>
        {
            try
            {
                files.Add(await lake.ReadFooterAsync(store, stored, columns, stop).ConfigureAwait(false));
            }
            catch (AcodeException failure) when (IsDamage(failure))
            {
                unreadable.Add(stored.Key);
            }
        }).ConfigureAwait(false);
        LakeFile[] full = [.. files.Where(file => file.Rows > 0)];
        return new PartitionContent
        {
            Objects = objects.Count,
            Bytes = objects.Sum(o => o.SizeBytes),
            Rows = full.Sum(file => file.Rows),
            UnreadableObjects = unreadable.Count + Math.Max(0, objects.Count - MostFooters),
            Unreadable = [.. unreadable.Order(StringComparer.Ordinal).Take(MostNames)],
            Keys = RangeOf(full, key),
            Cursors = cursor is null ? null : RangeOf(full, cursor),
        };
    }

    /// <summary>True for the failure of an object that is damaged, and of nothing else.</summary>
    public static bool IsDamage(AcodeException failure) => failure.Id is "LakeFileUnreadable" or "LakeColumnMissing";

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Objects:N0} objects, {Bytes / 1e6:N1} MB, {Rows:N0} rows{(UnreadableObjects == 0 ? "" : $" in those that can be read; {UnreadableObjects:N0} cannot")}");

    private static ColumnRange? RangeOf(LakeFile[] files, string column)
    {
        (string? least, string? greatest) = (null, null);
        foreach (LakeFile file in files)
        {
            if (file.Ranges.GetValueOrDefault(column) is not { } range
                || Order(range.Least, least) is not { } low || Order(range.Greatest, greatest) is not { } high)
            {
                return null;
            }

            least = least is null || low < 0 ? range.Least : least;
            greatest = greatest is null || high > 0 ? range.Greatest : greatest;
        }

        return least is null || greatest is null ? null : new ColumnRange(least, greatest);
    }

    private static int? Order(string value, string? other) => other is null ? 0 : CursorOrder.Compare(value, other);
}
