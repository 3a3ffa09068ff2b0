using System.Globalization;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Counts the rows of each event date: along the date's index; without one, among the newest rows by key, and then says
/// from which date on the counts are complete.
/// </summary>
internal static class VolumeReader
{
    private const int Newest = 100_000;
    private const int Beyond = 1_000;

    public static async Task<TableVolume> ReadAsync(MySqlConnection connection, TableAccess access, SourceDefinition source, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        TableDefinition table = access.Table;
        if (table.EventDate is not { } column)
        {
            return new TableVolume(table.Name, new Dictionary<DateOnly, long>()) { Method = "the table has no event date" };
        }

        string date = Quote(column);
        string inRange = Range(column, from, to);
        if (access.EventDateIndex is { } index)
        {
            return new TableVolume(table.Name, await CountAsync($"{access.Using(index)} WHERE {inRange}").ConfigureAwait(false))
            {
                CompleteFrom = from,
                Method = $"{column} by index {index}",
            };
        }

        string keyIndex = access.KeyIndex ?? throw access.NoWayIn(source);
        string key = Quote(table.Key);
        // The key of the first row that is not counted any more; none when the table has fewer rows.
        List<Dictionary<string, object?>> end = await connection.RowsAsync(BoundaryStatement(access, keyIndex), cancel).ConfigureAwait(false);
        if (end.Count == 0)
        {
            return new TableVolume(table.Name, await CountAsync($"{access.Using(keyIndex)} WHERE {key} >= (SELECT MIN({key}) FROM {access.Using(keyIndex)}) AND {inRange}").ConfigureAwait(false))
            {
                CompleteFrom = from,
                Method = $"all rows by {table.Key}",
            };
        }

        (string, object?) boundary = ("@k", end[0]["k"]);
        Dictionary<DateOnly, long> counted = await CountAsync($"{access.Using(keyIndex)} WHERE {key} > @k AND {inRange}", boundary).ConfigureAwait(false);
        // Rows come roughly in the order of their dates: a date that still occurs just beyond the counted rows has more of them.
        DateOnly? cut = Date((await connection.RowsAsync(
            $"SELECT MAX(d) AS d FROM (SELECT {date} AS d FROM {access.Using(keyIndex)} WHERE {key} <= @k ORDER BY {key} DESC LIMIT {Beyond}) AS rows_beyond", cancel, boundary).ConfigureAwait(false))[0]["d"]);
        DateOnly? complete = cut?.AddDays(1) is { } next ? (next > from ? next : from) : null;
        return new TableVolume(table.Name, counted)
        {
            CompleteFrom = complete > to ? null : complete,
            Method = $"newest {Newest:N0} rows by {table.Key}",
        };

        async Task<Dictionary<DateOnly, long>> CountAsync(string rows, params (string Name, object? Value)[] parameters) =>
            (await connection.RowsAsync(CountStatement(column, rows), cancel, parameters).ConfigureAwait(false))
            .Where(row => Date(row["d"]) is not null)
            .ToDictionary(row => Date(row["d"])!.Value, row => Convert.ToInt64(row["n"], CultureInfo.InvariantCulture));
    }

    /// <summary>The statement that counts rows by their date.</summary>
    /// <param name="column">The date.</param>
    /// <param name="rows">What stands behind FROM.</param>
    public static string CountStatement(string column, string rows) => $"SELECT DATE({Quote(column)}) AS d, COUNT(*) AS n FROM {rows} GROUP BY d";

    /// <summary>The statement that finds the last of the newest rows that are counted where the date has no index.</summary>
    public static string BoundaryStatement(TableAccess access, string keyIndex) =>
        $"SELECT {Quote(access.Table.Key)} AS k FROM {access.Using(keyIndex)} ORDER BY {Quote(access.Table.Key)} DESC LIMIT 1 OFFSET {Newest}";

    /// <summary>The condition of the dates, both included.</summary>
    public static string Range(string column, DateOnly from, DateOnly to) => $"{Quote(column)} >= '{from:yyyy-MM-dd}' AND {Quote(column)} < '{to.AddDays(1):yyyy-MM-dd}'";

    /// <summary>Counts the rows without a date: along the date's index up to one above <paramref name="most"/>, or else among so many of the newest.</summary>
    public static async Task<UndatedRows> CountUndatedAsync(MySqlConnection connection, TableAccess access, SourceDefinition source, int most, CancellationToken cancel)
    {
        string date = Quote(access.Table.EventDate!), key = Quote(access.Table.Key);
        (string rows, string method) = access.EventDateIndex is { } index
            ? ($"SELECT 1 FROM {access.Using(index)} WHERE {date} IS NULL LIMIT {most + 1}", $"{access.Table.EventDate} by index {index}")
            : ($"SELECT 1 FROM (SELECT {date} AS d FROM {access.Using(access.KeyIndex ?? throw access.NoWayIn(source))} ORDER BY {key} DESC LIMIT {most}) AS newest_rows WHERE d IS NULL",
                string.Create(CultureInfo.InvariantCulture, $"newest {most:N0} rows by {access.Table.Key}"));
        Dictionary<string, object?> counted = (await connection.RowsAsync($"SELECT COUNT(*) AS n FROM ({rows}) AS undated_rows", cancel).ConfigureAwait(false))[0];
        return new UndatedRows(Convert.ToInt64(counted["n"], CultureInfo.InvariantCulture), method);
    }

    /// <summary>A date as the driver gives it; null for NULL and for a date of zeros.</summary>
    public static DateOnly? Date(object? value) => value switch
    {
        MySqlDateTime { IsValidDateTime: true } time => DateOnly.FromDateTime(time.GetDateTime()),
        DateTime time => DateOnly.FromDateTime(time),
        DateOnly date => date,
        _ => null,
    };
}
