using System.Globalization;

namespace AcodeOps.Adapters.LakeEngines;

/// <summary>
/// The questions about a table of the lake in SQL. Of a row that is there more than once, the newest version counts; versions are told apart as the local
/// engine does it: rows of the newest cursor of an object may have been read once more by the next sync, and are no copies.
/// </summary>
/// <param name="from">The table, quoted.</param>
/// <param name="types">The types of its columns.</param>
/// <param name="question">What of it counts.</param>
internal sealed class LakeStatements(string from, IReadOnlyDictionary<string, string> types, LakeQuestion question)
{
    // Athena takes 262,144 bytes; nobody wants to read half as many.
    private const int LongestObjects = 200_000;

    // An array is written with at most 254 values.
    private const int ValuesAtOnce = 200;

    // The table's own paths have a protocol, that of who wrote its location.
    private const string PathText = """substr("$path", strpos("$path", '://') + 3)""";

    private readonly string _key = LakePrinting.Key(Quote(question.Table.Key), TypeOf(types, question.Table.Key));

    /// <summary>The first key and the last one.</summary>
    public string Bounds => $"SELECT min({_key}), max({_key}) FROM {from} WHERE {Counts}";

    /// <summary>The sums by stretches: the stretch, its keys, their checksums, all rows, copies.</summary>
    public string Sums(IReadOnlyList<KeyRange> ranges, long origin, long width) =>
        $"WITH {Keyed(ranges)} SELECT (k - {Number(origin)}) / {Number(width)}, count(*), sum(s), sum(n), sum(copies) FROM keyed GROUP BY 1";

    /// <summary>The keys that are there more than once: the key, how often beyond it.</summary>
    public string Copies(IReadOnlyList<KeyRange> ranges, int most) =>
        $"WITH {Keyed(ranges)} SELECT k, copies FROM keyed WHERE copies > 0 ORDER BY k LIMIT {Number(most)}";

    /// <summary>The rows: the key, the path, the day, the time, the cursor, the values.</summary>
    public string Rows(IReadOnlyList<KeyRange> ranges)
    {
        string[] selected =
        [
            _key, PathText, Told(question.Table.EventDate), Told(question.Table.ProcessedAt), Told(question.Cursor),
            .. question.Columns.Select(Canonical),
        ];
        return $"SELECT {string.Join(", ", selected)} FROM {from} WHERE {In(ranges)} AND {Counts}";
    }

    /// <summary>A name, quoted.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text, quoted.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // Of each key the newest version's checksum, its rows, and its copies. What is newest in an object is told by the whole of it, not by the ranges.
    private string Keyed(IReadOnlyList<KeyRange> ranges)
    {
        string cursor = question.Cursor is { } name ? $"coalesce({Quote(name)}, {LakePrinting.Least(TypeOf(types, name))})" : "0";
        string values = string.Join(
            " || chr(31) || ",
            question.Columns.Select(Canonical).Prepend($"CAST({_key} AS varchar)").Chunk(ValuesAtOnce).Select(some => $"array_join(ARRAY[{string.Join(", ", some)}], chr(31), chr(0))"));
        string landed = $"landed AS (SELECT {_key} AS k, {cursor} AS c, crc32(to_utf8({values})) AS s FROM {from} WHERE {In(ranges)} AND {Counts})";
        const string Versions = "versions AS (SELECT k, c, count(*) AS n, max(s) AS s FROM landed GROUP BY k, c)";
        return question.Cursor is null
            ? $"{landed}, {Versions}, keyed AS (SELECT k, n, s, n - 1 AS copies FROM versions)"
            : $"{landed}, {Versions}, newest AS (SELECT DISTINCT c FROM (SELECT max({cursor}) AS c FROM {from} WHERE {Counts} GROUP BY {PathText}) AS files), "
                + "keyed AS (SELECT versions.k AS k, sum(versions.n) AS n, max_by(versions.s, versions.c) AS s, sum(CASE WHEN newest.c IS NULL THEN versions.n - 1 ELSE 0 END) AS copies "
                + "FROM versions LEFT JOIN newest ON versions.c = newest.c GROUP BY versions.k)";
    }

    // Only what lies in the stream's folder; of a stream that is read whole each time, only the newest snapshot's objects.
    private string Counts
    {
        get
        {
            string folder = $"starts_with({PathText}, {Literal(question.Place)})";
            if (question.Objects is not { } objects)
            {
                return folder;
            }

            string paths = string.Join(", ", objects.Select(Literal));
            return paths.Length > LongestObjects
                ? throw new AcodeException("LakeSnapshotTooWide", FailureClass.InvalidInput, $"The newest snapshot of {question.Table} has {objects.Count} objects: too many to be named in a question.")
                {
                    Advice = "Let the connection's destination write larger files, or compare by the local engine.",
                    Subject = question.Table,
                    IsFatal = false,
                }
                : objects.Count == 0 ? "FALSE" : $"{folder} AND {PathText} IN ({paths})";
        }
    }

    private string In(IReadOnlyList<KeyRange> ranges) =>
        $"({string.Join(" OR ", ranges.Select(range => range.From is null ? $"{_key} <= {Whole(range.To)}" : $"{_key} BETWEEN {Whole(range.From)} AND {Whole(range.To)}"))})";

    private string Canonical(RowColumn column) => LakePrinting.Canonical(column, Quote(column.Name), TypeOf(types, column.Name));

    private string Told(string? column) => column is not null && types.TryGetValue(column, out string? type) ? LakePrinting.Text(Quote(column), type) : "NULL";

    private static string TypeOf(IReadOnlyDictionary<string, string> types, string column) => types.GetValueOrDefault(column) ?? throw Missing(column);

    private static AcodeException Missing(string column) => new("LakeColumnMissing", FailureClass.NotFound, $"The engine's table has no column {column}.")
    {
        Advice = "Bring the table of the catalog up to date with the lake's objects.",
        IsFatal = false,
    };

    private static string Whole(string number) => Number(long.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
