using AcodeOps.Tuning.Indexes;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// The statements that the pipeline sends about a table, with their plans: as they are sent with the indexes that there are, and, as
/// this product never scans and names its index, the same question without a named index too.
/// </summary>
internal static class PipelineStatements
{
    private const int Days = 8;
    private const int Page = 10_000;

    /// <summary>The statements with their plans. None is run but the one that finds the newest rows, which is bounded.</summary>
    public static async Task<IReadOnlyList<PipelineStatement>> ExplainAsync(MySqlConnection connection, TableAccess access, SourceDefinition source, CancellationToken cancel)
    {
        TableDefinition table = access.Table;
        string? watermark = Sendable(() => WatermarkReader.Statement(access, source).Select);
        Dictionary<string, object?>? newest = watermark is null ? null : (await connection.RowsAsync($"SELECT {watermark}", cancel).ConfigureAwait(false))[0];
        DateTime processed = WatermarkReader.Time(newest?["processed_at"]) ?? DateTime.UnixEpoch;
        DateOnly day = VolumeReader.Date(newest?["event_date"]) ?? DateOnly.FromDateTime(DateTime.UnixEpoch);
        string name = Quote(table.Name), columns = string.Join(", ", access.Schema.Columns.Select(column => Quote(column.Name))), key = Quote(table.Key);
        List<PipelineStatement> statements = [];

        if (table.ProcessedAt is { } at)
        {
            statements.Add(await OfAsync(
                "Freshness", "the newest processing time: health, metrics, the cursor's end", [at], "its newest value is sought among the newest rows by key.",
                $"SELECT MAX({Quote(at)}) FROM {name}", watermark is null ? null : $"SELECT {watermark}").ConfigureAwait(false));
            // From the last value on to the newest: a day's rows, as a sync of each night reads them.
            statements.Add(await OfAsync(
                "CursorRead", "Airbyte's incremental read of a day", [at], "an incremental sync reads and sorts the whole table, and a failover cannot carry its cursor.",
                $"SELECT {columns} FROM {name} WHERE {Quote(at)} >= @from AND {Quote(at)} <= @to ORDER BY {Quote(at)}, {key}", null,
                ("@from", Earlier(processed)), ("@to", processed)).ConfigureAwait(false));
        }

        if (table.EventDate is { } date)
        {
            string range = VolumeReader.Range(date, day.AddDays(-Days), day);
            statements.Add(await OfAsync(
                "DayCounts", "the rows of each date of a week: volume", [date], "dates are counted among the newest rows by key only.",
                VolumeReader.CountStatement(date, $"{name} WHERE {range}"),
                access.EventDateIndex is { } index ? VolumeReader.CountStatement(date, $"{access.Using(index)} WHERE {range}")
                    : access.KeyIndex is { } keyIndex ? VolumeReader.BoundaryStatement(access, keyIndex) : null).ConfigureAwait(false));
            statements.Add(await OfAsync(
                "DayFigures", "rows, amounts and pharmacies of the last two dates: metrics", [date], "each pass reads the newest 100,000 rows by key.",
                $"SELECT {access.EventDay} AS d, COUNT(*), {PassReader.Figures(access)} FROM {name} WHERE {VolumeReader.Range(date, day.AddDays(-1), day)} GROUP BY d",
                Sendable(() => PassReader.Statement(access, source, (day.AddDays(-Days), day)).Sql)).ConfigureAwait(false));
            statements.Add(await OfAsync(
                "DayPages", "the rows of one date, page by page: quality, the emergency copy", [date, table.Key], "a date's rows are looked for along the key.",
                $"SELECT {columns} FROM {RowReader.PageOfDate(access, name, day, isFirst: true, Page)}",
                access.PagedDateIndex is { } paged ? $"SELECT {columns} FROM {RowReader.PageOfDate(access, access.Using(paged), day, isFirst: true, Page)}" : null).ConfigureAwait(false));
        }

        statements.Add(await OfAsync("Snapshot", "Airbyte's full read, in the order of the key", [table.Key], "each full read sorts the whole table.", $"SELECT {columns} FROM {name} ORDER BY {key} LIMIT {Page}", null).ConfigureAwait(false));
        return statements;

        async Task<PipelineStatement> OfAsync(string id, string purpose, string[] wanted, string otherwise, string question, string? sent, params (string Name, object? Value)[] parameters) => new()
        {
            Name = id,
            Purpose = purpose,
            Columns = wanted,
            Otherwise = otherwise,
            Plan = await PlanReader.ExplainAsync(connection, question, cancel, parameters).ConfigureAwait(false),
            Sent = sent is null ? null : await PlanReader.ExplainAsync(connection, sent, cancel).ConfigureAwait(false),
        };
    }

    private static DateTime Earlier(DateTime time) => time.AddDays(-1);

    // What cannot be asked without a scan is not asked.
    private static string? Sendable(Func<string> statement)
    {
        try
        {
            return statement();
        }
        catch (AcodeException refusal) when (refusal.Id == "SourceTableNotIndexed")
        {
            return null;
        }
    }
}
