using System.Globalization;
using AcodeOps.Quality;

namespace AcodeOps.Comparing;

/// <summary>
/// The rows of a block in memory, each key once: 24 bytes a row. Of a row that an incremental stream has appended more than once, the one with the newest
/// cursor is the row, the others are older versions of it; two with the same cursor are one too many. But rows of the newest cursor of an object are read
/// again by the next sync, as Airbyte promises each row at least once: those copies are no fault.
/// </summary>
internal sealed class LakeBlockRows : IChecksums
{
    private readonly record struct Row(long Key, long Version, uint Checksum);

    private readonly long[] _keys;
    private readonly ulong[] _sums;

    private LakeBlockRows(long[] keys, ulong[] sums) => (_keys, _sums) = (keys, sums);

    /// <summary>The different keys.</summary>
    public long Count => _keys.Length;

    /// <summary>How often keys are there beyond once, in order of the keys.</summary>
    public required IReadOnlyList<(long Key, int Copies)> Duplicates { get; init; }

    /// <summary>Older versions of rows, and copies of a sync's last rows that the next one has read again.</summary>
    public required long Superseded { get; init; }

    /// <summary>Sorts out what row groups hold.</summary>
    public static LakeBlockRows Of(IReadOnlyList<LakeFingerprints> groups)
    {
        Row[] rows = new Row[groups.Sum(group => group.Keys.Length)];
        int next = 0;
        bool isSorted = true;
        foreach (LakeFingerprints group in groups)
        {
            for (int i = 0; i < group.Keys.Length; i++, next++)
            {
                rows[next] = new Row(group.Keys[i], group.Cursors is { } cursors ? Version(cursors[i]) : 0, group.Checksums[i]);
                isSorted &= next == 0 || rows[next - 1].Key < rows[next].Key;
            }
        }

        if (!isSorted)
        {
            Array.Sort(rows, static (one, other) => one.Key != other.Key ? one.Key.CompareTo(other.Key) : one.Version.CompareTo(other.Version));
        }

        return Distinct(rows, [.. groups.Where(group => group.Cursors is { Length: > 0 }).Select(group => group.Cursors!.Max(Version))]);
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<long, RangeChecksum>> ReadAsync(Keys keys, long width, CancellationToken cancel)
    {
        Dictionary<long, RangeChecksum> sums = [];
        int from = Array.BinarySearch(_keys, keys.From);
        for (int i = from < 0 ? ~from : from; i < _keys.Length && _keys[i] <= keys.To; i++)
        {
            long stretch = (long)(((ulong)_keys[i] - (ulong)keys.From) / (ulong)width);
            RangeChecksum sum = sums.GetValueOrDefault(stretch);
            sums[stretch] = new RangeChecksum(sum.Rows + 1, sum.Sum + _sums[i]);
        }

        return Task.FromResult<IReadOnlyDictionary<long, RangeChecksum>>(sums);
    }

    private static LakeBlockRows Distinct(Row[] rows, HashSet<long> lastOfSyncs)
    {
        List<long> keys = new(rows.Length);
        List<ulong> sums = new(rows.Length);
        List<(long, int)> duplicates = [];
        long superseded = 0;
        for (int i = 0; i < rows.Length;)
        {
            int copies = 0;
            int last = i;
            for (; last + 1 < rows.Length && rows[last + 1].Key == rows[i].Key; last++)
            {
                bool isVersion = rows[last + 1].Version != rows[last].Version || lastOfSyncs.Contains(rows[last].Version);
                (superseded, copies) = isVersion ? (superseded + 1, copies) : (superseded, copies + 1);
            }

            keys.Add(rows[last].Key);
            sums.Add(rows[last].Checksum);
            if (copies > 0)
            {
                duplicates.Add((rows[last].Key, copies));
            }

            i = last + 1;
        }

        return new LakeBlockRows([.. keys], [.. sums]) { Duplicates = duplicates, Superseded = superseded };
    }

    /// <summary>The order of a cursor's values: times and whole numbers.</summary>
    public static long Version(string? cursor) =>
        cursor is null ? long.MinValue
        : Cells.Time(cursor, TimeZoneInfo.Utc) is { Earliest: var time } ? time.Ticks
        : long.TryParse(cursor, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : 0;
}
