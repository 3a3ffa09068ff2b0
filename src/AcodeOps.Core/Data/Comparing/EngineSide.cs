using AcodeOps.Quality;

namespace AcodeOps.Comparing;

/// <summary>The lake's rows of a table, as an engine tells them.</summary>
/// <param name="engine">The engine.</param>
/// <param name="compared">What is compared.</param>
/// <param name="question">The table, and what of it counts.</param>
internal sealed class EngineSide(ILakeEngine engine, ComparedTable compared, LakeQuestion question)
{
    // A question has a length that engines take.
    private const int RangesAtOnce = 500;

    /// <summary>The first key and the last one; null for no rows.</summary>
    public async Task<Keys?> FindKeysAsync(CancellationToken cancel) =>
        await engine.FindKeysAsync(question, cancel).ConfigureAwait(false) is { From: { } from } found ? new Keys(Keys.Number(from), Keys.Number(found.To)) : null;

    /// <summary>The sums of stretches of keys.</summary>
    public async Task<Dictionary<long, LakeSum>> ReadSumsAsync(IReadOnlyList<Keys> ranges, long origin, long width, CancellationToken cancel)
    {
        Dictionary<long, LakeSum> sums = [];
        foreach (Keys[] some in ranges.Chunk(RangesAtOnce))
        {
            foreach ((long stretch, LakeSum sum) in await engine.ReadSumsAsync(question, Ranges(some), origin, width, cancel).ConfigureAwait(false))
            {
                sums.Add(stretch, sum);
            }
        }

        return sums;
    }

    /// <summary>The keys that are there more than once, the first ones.</summary>
    public async Task<List<(long Key, int Copies)>> ReadCopiesAsync(IReadOnlyList<Keys> ranges, int most, CancellationToken cancel)
    {
        List<(long, int)> copies = [];
        foreach (Keys[] some in ranges.Chunk(RangesAtOnce).TakeWhile(_ => copies.Count < most))
        {
            await foreach ((long, int) one in engine.ReadCopiesAsync(question, Ranges(some), most - copies.Count, cancel).ConfigureAwait(false))
            {
                copies.Add(one);
            }
        }

        return copies;
    }

    /// <summary>The rows of some ranges, every copy and version of them, by their keys: the newest version comes last.</summary>
    public async Task<Dictionary<long, List<ComparedRow>>> ReadRowsAsync(IReadOnlyList<Keys> ranges, CancellationToken cancel)
    {
        Dictionary<long, List<(long Version, ComparedRow Row)>> rows = [];
        foreach (Keys[] some in ranges.Chunk(RangesAtOnce))
        {
            await foreach (LakeEngineRow row in engine.ReadRowsAsync(question, Ranges(some), cancel).ConfigureAwait(false))
            {
                if (!rows.TryGetValue(row.Key, out List<(long, ComparedRow)>? there))
                {
                    rows[row.Key] = there = [];
                }

                there.Add((question.Cursor is null ? 0 : LakeBlockRows.Version(row.Cursor), ToRow(row)));
            }
        }

        return rows.ToDictionary(one => one.Key, one => one.Value.OrderBy(row => row.Version).Select(row => row.Row).ToList());
    }

    private ComparedRow ToRow(LakeEngineRow row) => new(row.Key, [.. row.Values])
    {
        Day = Cells.Time(row.Day, TimeZoneInfo.Utc)?.Day,
        ProcessedAt = row.ProcessedAt,
        ProcessedAtWall = Cells.Time(row.ProcessedAt, compared.Zone),
        Object = row.Path[(row.Path.IndexOf('/', StringComparison.Ordinal) + 1)..],
    };

    private static IReadOnlyList<KeyRange> Ranges(IEnumerable<Keys> keys) => [.. keys.Select(range => range.Range)];
}
