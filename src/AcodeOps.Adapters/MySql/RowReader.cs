using System.Globalization;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Reads a page of a window. Each statement is bounded: along an index it reads no more rows than the page may have, whatever
/// the table's size.
/// </summary>
internal static class RowReader
{
    // A page is cut off here, also where its rows are suddenly large.
    private const int MostBytes = 16 << 20;

    /// <summary>Where a page begins: in a range of keys, after a key, or at the range's begin.</summary>
    public readonly record struct Start(int Range, string? After);

    /// <summary>A page.</summary>
    /// <param name="Rows">Its rows.</param>
    /// <param name="Next">Where the next one begins; null for the end of the window.</param>
    public sealed record Page(IReadOnlyList<SourceRow> Rows, Start? Next);

    /// <summary>Reads a page.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="access">The table.</param>
    /// <param name="source">The source.</param>
    /// <param name="window">Which rows.</param>
    /// <param name="start">Where the page begins.</param>
    /// <param name="count">How many rows it may read.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<Page> ReadAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, RowWindow window, Start start, int count, CancellationToken cancel) =>
        window.Keys is not { } ranges ? ReadByDateAsync(connection, access, source, window.Date!.Value, start, count, cancel)
            : start.Range >= ranges.Count ? Task.FromResult(new Page([], null))
            : ReadByKeyAsync(connection, access, source, window.Date, ranges[start.Range], start, count, cancel);

    /// <summary>What stands behind FROM where a page of one date is read; a page that is not the first begins after <c>@after</c>.</summary>
    public static string PageOfDate(TableAccess access, string table, DateOnly date, bool isFirst, int count)
    {
        string key = Quote(access.Table.Key);
        return $"{table} WHERE {Quote(access.Table.EventDate!)} = '{Text(date)}'{(isFirst ? "" : $" AND {key} > @after")} ORDER BY {key} LIMIT {count}";
    }

    private static async Task<Page> ReadByDateAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, DateOnly date, Start start, int count, CancellationToken cancel)
    {
        string index = access.PagedDateIndex ?? throw access.NoWayIn(source);
        RowKey rowKey = RowKey.Of(access, source);
        (List<SourceRow> rows, bool isCut) = await RowsAsync(
            connection, access, rowKey, PageOfDate(access, access.Using(index), date, isFirst: start.After is null, count), start, cancel).ConfigureAwait(false);
        return new Page(rows, isCut || rows.Count == count ? new Start(start.Range, rows[^1].Position.Key) : null);
    }

    private static async Task<Page> ReadByKeyAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, DateOnly? date, KeyRange range, Start start, int count, CancellationToken cancel)
    {
        RowKey rowKey = RowKey.Of(access, source);
        string key = Quote(access.Table.Key);
        string lower = start.After is not null ? $"{key} > @after AND " : range.From is not null ? $"{key} >= @from AND " : "";
        (string, object?)[] bounds = [("@from", rowKey.Parameter(range.From)), ("@to", rowKey.Parameter(range.To))];
        Start next = new(start.Range + 1, null);
        if (date is not { } day)
        {
            (List<SourceRow> whole, bool isCutOff) = await RowsAsync(
                connection, access, rowKey, $"{access.Using(rowKey.Index)} WHERE {lower}{key} <= @to ORDER BY {key} LIMIT {count}", start, cancel, bounds).ConfigureAwait(false);
            return new Page(whole, isCutOff || whole.Count == count ? start with { After = whole[^1].Position.Key } : next);
        }

        // Rows of other dates lie between: bounded by the rows that are looked at, not by those that are found.
        List<Dictionary<string, object?>> end = await connection.RowsAsync(
            $"SELECT {key} AS k FROM {access.Using(rowKey.Index)} WHERE {lower}{key} <= @to ORDER BY {key} LIMIT 1 OFFSET {count - 1}",
            cancel, [("@after", rowKey.Parameter(start.After)), .. bounds]).ConfigureAwait(false);
        string last = end.Count > 0 ? RowValues.KeyText(end[0]["k"]) : range.To;
        string column = Quote(access.Table.EventDate!);
        (List<SourceRow> rows, bool isCut) = await RowsAsync(
            connection, access, rowKey,
            $"{access.Using(rowKey.Index)} WHERE {lower}{key} <= @last AND {column} >= '{Text(day)}' AND {column} < '{Text(day.AddDays(1))}' ORDER BY {key}",
            start, cancel, [.. bounds, ("@last", rowKey.Parameter(last))]).ConfigureAwait(false);
        return new Page(rows, isCut ? start with { After = rows[^1].Position.Key } : end.Count > 0 ? start with { After = last } : next);
    }

    private static async Task<(List<SourceRow> Rows, bool IsCut)> RowsAsync(
        MySqlConnection connection, TableAccess access, RowKey rowKey, string from, Start start, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        RowColumn[] columns = [.. access.Schema.Columns.Select(RowColumns.Of)];
        RowValues values = new(columns);
        MySqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = $"SELECT {string.Join(", ", columns.Select(RowColumns.Ask))} FROM {from}";
            foreach ((string name, object? value) in parameters.Append(("@after", rowKey.Parameter(start.After))))
            {
                command.Parameters.AddWithValue(name, value);
            }

            MySqlDataReader reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                List<SourceRow> rows = [];
                for (long bytes = 0; await reader.ReadAsync(cancel).ConfigureAwait(false);)
                {
                    if (bytes >= MostBytes)
                    {
                        return (rows, true);
                    }

                    SourceRow row = values.Read(reader, start.Range, rowKey.Ordinal);
                    rows.Add(row);
                    bytes += row.Bytes;
                }

                return (rows, false);
            }
        }
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
