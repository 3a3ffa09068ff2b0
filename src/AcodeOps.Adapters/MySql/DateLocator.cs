using System.Globalization;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Finds where the rows of event dates lie by going along the key from its end, a block at a time. Rows come roughly in the
/// order of their dates: a whole block of older ones ends it.
/// </summary>
internal static class DateLocator
{
    /// <summary>How many rows a block has.</summary>
    public const int Block = 10_000;

    /// <summary>How many rows are gone along at most.</summary>
    public const long Most = 20_000_000;

    /// <summary>Where the next block ends, and what the blocks before it had.</summary>
    public sealed class Walk(DateOnly from, DateOnly to)
    {
        private readonly Dictionary<DateOnly, (long Rows, List<KeyRange> Keys)> _dates = [];
        private bool _isBroken = true;
        private HashSet<DateOnly> _before = [];

        public DateOnly From => from;

        public DateOnly To => to;

        /// <summary>The smallest key that was looked at; null before the first block.</summary>
        public string? Since { get; set; }

        public long RowsSeen { get; set; }

        /// <summary>Takes a block's dates; blocks that follow each other make one range.</summary>
        public void Add(KeyRange block, IReadOnlyDictionary<DateOnly, long> counts)
        {
            HashSet<DateOnly> now = [];
            foreach ((DateOnly date, long rows) in counts.Where(count => count.Key >= from && count.Key <= to))
            {
                now.Add(date);
                (long sum, List<KeyRange> keys) = _dates.TryGetValue(date, out (long Rows, List<KeyRange> Keys) known) ? known : (0, []);
                if (!_isBroken && _before.Contains(date))
                {
                    keys[^1] = keys[^1] with { From = block.From };
                }
                else
                {
                    keys.Add(block);
                }

                _dates[date] = (sum + rows, keys);
            }

            (_before, _isBroken) = (now, false);
        }

        /// <summary>What was found; the ranges in the order of the key.</summary>
        public DateLocations Found() => new(
            _dates.ToDictionary(date => date.Key, date => new DateLocation(date.Value.Rows, [.. Enumerable.Reverse(date.Value.Keys)])), RowsSeen, Since);
    }

    /// <summary>Looks at the next block.</summary>
    /// <returns>True when there is another one to look at.</returns>
    public static async Task<bool> StepAsync(MySqlConnection connection, TableAccess access, SourceDefinition source, Walk walk, CancellationToken cancel)
    {
        RowKey rowKey = RowKey.Of(access, source);
        string date = Quote(access.Table.EventDate ?? throw access.NoWayIn(source));
        string key = Quote(access.Table.Key), table = access.Using(rowKey.Index);
        (string, object?) since = ("@since", rowKey.Parameter(walk.Since));
        string below = walk.Since is null ? "" : $"WHERE {key} < @since ";
        List<Dictionary<string, object?>> last = await connection.RowsAsync($"SELECT {key} AS k FROM {table} {below}ORDER BY {key} DESC LIMIT 1", cancel, since).ConfigureAwait(false);
        if (last.Count == 0)
        {
            return false;
        }

        List<Dictionary<string, object?>> first = await connection.RowsAsync(
            $"SELECT {key} AS k FROM {table} {below}ORDER BY {key} DESC LIMIT 1 OFFSET {Block - 1}", cancel, since).ConfigureAwait(false);
        bool isFirst = first.Count == 0;
        if (isFirst)
        {
            first = await connection.RowsAsync($"SELECT {key} AS k FROM {table} ORDER BY {key} LIMIT 1", cancel).ConfigureAwait(false);
        }

        KeyRange block = new(RowValues.KeyText(first[0]["k"]), RowValues.KeyText(last[0]["k"]));
        List<Dictionary<string, object?>> counted = await connection.RowsAsync(
            $"SELECT DATE({date}) AS d, COUNT(*) AS n FROM {table} WHERE {key} >= @first AND {key} <= @last GROUP BY d",
            cancel, ("@first", rowKey.Parameter(block.From)), ("@last", rowKey.Parameter(block.To))).ConfigureAwait(false);
        Dictionary<DateOnly, long> counts = counted
            .Where(row => VolumeReader.Date(row["d"]) is not null)
            .ToDictionary(row => VolumeReader.Date(row["d"])!.Value, row => Convert.ToInt64(row["n"], CultureInfo.InvariantCulture));
        walk.Add(block, counts);
        walk.RowsSeen += counted.Sum(row => Convert.ToInt64(row["n"], CultureInfo.InvariantCulture));
        walk.Since = block.From;
        bool isDone = isFirst || !counts.Keys.Any(found => found >= walk.From);
        return isDone || walk.RowsSeen < Most ? !isDone : throw access.ReachesTooFar(source, walk.From, walk.RowsSeen);
    }
}
