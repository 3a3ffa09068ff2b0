using System.Collections.Concurrent;
using AcodeOps.Quality;
using AcodeOps.Recovery.Corruption;

namespace AcodeOps.Comparing;

/// <summary>The lake's rows of a table: of a stream that is read whole each time its newest snapshot, else all that it has appended.</summary>
internal sealed class LakeSide
{
    private const int ReadsAtOnce = 8;
    private const int GroupsAtOnce = 2;

    // Keys of so many rows fit into memory; beyond that, another engine has to answer.
    private const long MostBlockRows = 10_000_000;

    private readonly IInstallation _installation;
    private readonly MeteredStore _store;
    private readonly StreamPlace _stream;

    private LakeSide(IInstallation installation, MeteredStore store, ComparedTable compared, StreamPlace stream) =>
        (_installation, _store, Compared, _stream) = (installation, store, compared, stream);

    /// <summary>Where it is.</summary>
    public string Place => $"s3://{_store.Definition.Bucket}/{_stream.Shown}";

    /// <summary>The blocks, in the order of their keys.</summary>
    public required IReadOnlyList<LakeBlock> Blocks { get; init; }

    /// <summary>Objects that could not be read.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>The size of the objects.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many objects there are.</summary>
    public required int Objects { get; init; }

    /// <summary>The columns that the objects have.</summary>
    public required IReadOnlySet<string> Columns { get; init; }

    /// <summary>What is compared: its columns are chosen when those of the objects are known.</summary>
    public ComparedTable Compared { get; set; }

    /// <summary>What was read of them so far.</summary>
    public long BytesRead => _store.BytesRead;

    private string? Cursor => _stream.Stream is { IsIncremental: true, CursorField: [var cursor] } ? cursor : null;

    /// <summary>Finds the objects, and reads their footers.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="compared">What is compared.</param>
    /// <param name="stream">Where the stream lands.</param>
    /// <param name="objects">Its objects.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The storage's failure.</exception>
    public static async Task<LakeSide> ReadAsync(IInstallation installation, ComparedTable compared, StreamPlace stream, IReadOnlyList<StoredObject> objects, CancellationToken cancel)
    {
        MeteredStore store = new(installation.Storage(stream.Route.Route.Storage));
        ConcurrentBag<LakePiece> pieces = [];
        ConcurrentBag<string> unreadable = [];
        ConcurrentDictionary<string, byte> columns = new(StringComparer.Ordinal);
        string key = compared.Table.Key;
        await Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancel }, async (stored, stop) =>
        {
            try
            {
                LakeFile file = await installation.Lake.ReadFooterAsync(store, stored, [key], stop).ConfigureAwait(false);
                foreach (string column in file.Columns)
                {
                    columns.TryAdd(column, 0);
                }

                foreach ((LakeRowGroup group, int number) in file.Groups.Select((group, i) => (group, i)).Where(one => one.group.Rows > 0))
                {
                    pieces.Add(new LakePiece(stored, number, await KeysAsync(installation.Lake, store, stored, number, group, key, stop).ConfigureAwait(false), group.Rows));
                }
            }
            catch (AcodeException failure) when (PartitionContent.IsDamage(failure))
            {
                unreadable.Add(stored.Key);
            }
        }).ConfigureAwait(false);
        return new LakeSide(installation, store, compared, stream)
        {
            Blocks = LakeBlock.Of(pieces.Where(piece => !unreadable.Contains(piece.Stored.Key))),
            Unreadable = [.. unreadable.Order(StringComparer.Ordinal)],
            Bytes = objects.Sum(stored => stored.SizeBytes),
            Objects = objects.Count,
            Columns = columns.Keys.ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>Reads the checksums of a block's rows.</summary>
    /// <exception cref="AcodeException"><c>BlockTooLarge</c>, <c>LakeFileUnreadable</c>, or the storage's failure.</exception>
    public async Task<LakeBlockRows> OpenAsync(LakeBlock block, CancellationToken cancel)
    {
        if (block.Rows > MostBlockRows)
        {
            throw new AcodeException("BlockTooLarge", FailureClass.InvalidInput, $"{block.Rows} rows of {Place} lie in objects whose ranges of keys overlap: too many to be compared in memory.")
            {
                Advice = "Let an engine read the lake (lake.engine in the environment file), or reload the stream whole, so that its objects follow each other by key.",
                Subject = Compared.Table,
                IsFatal = false,
            };
        }

        ConcurrentBag<LakeFingerprints> groups = [];
        await Parallel.ForEachAsync(ByObject(block.Pieces), new ParallelOptions { MaxDegreeOfParallelism = GroupsAtOnce, CancellationToken = cancel }, async (one, stop) =>
        {
            await foreach (LakeFingerprints group in _installation.Lake.ReadFingerprintsAsync(_store, one.Key, one.Value, Compared.Table.Key, Cursor, Compared.Columns, stop).ConfigureAwait(false))
            {
                groups.Add(group);
            }
        }).ConfigureAwait(false);
        return LakeBlockRows.Of([.. groups.OrderBy(group => group.Keys.Length > 0 ? group.Keys[0] : 0)]);
    }

    /// <summary>The rows of some ranges of a block, every copy and version of them, by their keys: the newest version comes last.</summary>
    public async Task<Dictionary<long, List<ComparedRow>>> ReadRowsAsync(LakeBlock block, IReadOnlyList<Keys> ranges, CancellationToken cancel)
    {
        TableDefinition table = Compared.Table;
        string[] names = [table.Key, table.EventDate ?? table.Key, table.ProcessedAt ?? table.Key, Cursor ?? table.Key, .. Compared.Columns.Select(column => column.Name)];
        string[] distinct = [.. names.Distinct(StringComparer.Ordinal)];
        int[] places = [.. names.Select(name => Array.IndexOf(distinct, name))];
        List<(long Version, ComparedRow Row)> rows = [];
        foreach ((StoredObject stored, int[] groups) in ByObject(block.Pieces.Where(piece => ranges.Any(range => range.From <= piece.Keys.To && range.To >= piece.Keys.From))))
        {
            await foreach (IReadOnlyList<string?[]> columns in _installation.Lake.ReadColumnsAsync(_store, stored, distinct, groups, cancel).ConfigureAwait(false))
            {
                for (int i = 0; i < columns[0].Length; i++)
                {
                    long key = Keys.Number(columns[0][i]!);
                    if (!IsIn(ranges, key))
                    {
                        continue;
                    }

                    string? Text(int column) => columns[places[column]][i];
                    rows.Add((Cursor is null ? 0 : LakeBlockRows.Version(Text(3)), new ComparedRow(key, [.. Compared.Columns.Select((column, c) => CanonicalValue.OfLake(column, Text(4 + c)))])
                    {
                        Day = table.EventDate is null ? null : Cells.Time(Text(1), TimeZoneInfo.Utc)?.Day,
                        ProcessedAt = table.ProcessedAt is null ? null : Text(2),
                        ProcessedAtWall = table.ProcessedAt is null ? null : Cells.Time(Text(2), Compared.Zone),
                        Object = stored.Key,
                    }));
                }
            }
        }

        return rows.GroupBy(one => one.Row.Key).ToDictionary(group => group.Key, group => group.OrderBy(one => one.Version).Select(one => one.Row).ToList());
    }

    private static Dictionary<StoredObject, int[]> ByObject(IEnumerable<LakePiece> pieces) =>
        pieces.GroupBy(piece => piece.Stored).ToDictionary(group => group.Key, group => group.Select(piece => piece.Group).ToArray());

    private static bool IsIn(IReadOnlyList<Keys> ranges, long key)
    {
        (int low, int high) = (0, ranges.Count - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (key < ranges[middle].From)
            {
                high = middle - 1;
            }
            else if (key > ranges[middle].To)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    // Where a footer does not tell the range of its keys, they are read.
    private static async Task<Keys> KeysAsync(ILakeReader lake, IObjectStore store, StoredObject stored, int number, LakeRowGroup group, string key, CancellationToken cancel)
    {
        if (group.Ranges.GetValueOrDefault(key) is { } range && Keys.TryNumber(range.Least) is { } low && Keys.TryNumber(range.Greatest) is { } high)
        {
            return new Keys(low, high);
        }

        (long least, long greatest) = (long.MaxValue, long.MinValue);
        await foreach (LakeFingerprints read in lake.ReadFingerprintsAsync(store, stored, [number], key, null, [], cancel).ConfigureAwait(false))
        {
            foreach (long one in read.Keys)
            {
                (least, greatest) = (Math.Min(least, one), Math.Max(greatest, one));
            }
        }

        return new Keys(least, greatest);
    }
}
