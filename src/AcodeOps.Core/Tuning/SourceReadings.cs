namespace AcodeOps.Tuning;

/// <summary>What is read out of a server's counters: a line for each reading. A limit never asks for less durability.</summary>
internal static class SourceReadings
{
    // A ratio of a few says nothing.
    private const double TellingReadsPerSecond = 10;
    private const double TellingTables = 10;

    private static readonly string[] Writes =
    [
        "Com_insert", "Com_insert_select", "Com_update", "Com_update_multi", "Com_delete", "Com_delete_multi", "Com_replace", "Com_replace_select", "Com_load",
    ];

    private sealed record Line(string Name, string Unit, Func<CounterWindow, Figure> Read, ReadingLimit? Limit = null);

    private static readonly Line[] All =
    [
        new("Connections used", "%", w => Share(w.Greatest("Threads_connected"), w.Last.MaxConnections, "connections"), new ReadingLimit(
            "ConnectionsNearLimit", 80, "{0} is near the number of connections that it gives.",
            "Find out who holds them (SHOW PROCESSLIST) and whether all of them are needed before max_connections is raised: each takes memory.")),
        new("Connections refused", "connections", w => w.Delta("Connection_errors_max_connections"), new ReadingLimit(
            "ConnectionsRefused", 1, "{0} has refused connections because it had none left to give.",
            "Find out who holds them (SHOW PROCESSLIST); a pool that is larger than the server's limit is the usual reason.") { Beyond = Verdict.Failed }),
        new("Threads running", "threads", w => w.Greatest("Threads_running")),
        new("Queries", "1/s", w => w.Rate("Queries")),
        new("Commits", "1/s", w => Told(w.Rate("Com_commit"), "COMMIT statements; what commits itself is among Writes")),
        new("Writes", "1/s", w => w.Rate(Writes)),
        new("Rows read", "1/s", w => w.PerSecond(w.DeltaOf("Handler_read_"))),
        new("Rows read by scans", "1/s", w => w.Rate("Handler_read_rnd_next")),
        new("Buffer pool hit rate", "%", HitRate, new ReadingLimit(
            "BufferPoolMisses", 95, "{0} finds too few pages in its buffer pool and reads them from disk.",
            "Look first at the statements that read the most rows: a scan that becomes an index read may be all that it takes; then at whether innodb_buffer_pool_size fits the data in use and the machine's memory.") { IsFloor = true }),
        new("Pages read from disk", "1/s", w => w.Rate("Innodb_buffer_pool_reads")),
        new("Buffer pool free", "%", w => Share(Gauge(w, "Innodb_buffer_pool_pages_free"), w.Last["Innodb_buffer_pool_pages_total"], "pages")),
        new("Temporary tables on disk", "%", OnDisk, new ReadingLimit(
            "TemporaryTablesOnDisk", 25, "{0} writes too many of its temporary tables to disk.",
            "Look at the statements that make them (TemporaryTablesOnDisk of Get-AcodeSlowQuery): long texts in a GROUP BY or a sort without an index are the usual reason.")),
        new("Slow statements", "statements", w => Told(
            w.Delta("Slow_queries"), FormattableString.Invariant($"took longer than long_query_time, {w.Last.LongQuerySeconds:0.###} s"))),
    ];

    /// <summary>The readings of a window.</summary>
    public static IEnumerable<Reading> Of(string target, CounterWindow window, (DateTimeOffset From, DateTimeOffset To) span) =>
        All.Select(line => Reading.Of(target, line.Name, line.Unit, line.Read(window), span, line.Limit));

    private static Figure HitRate(CounterWindow w)
    {
        Figure asked = w.Delta("Innodb_buffer_pool_read_requests");
        Figure missed = w.Delta("Innodb_buffer_pool_reads");
        return (asked.Value, missed.Value) switch
        {
            (null, _) => asked,
            (_, null) => missed,
            (0, _) => Figure.Unknown("no page was asked for in the window"),
            // Read-ahead and requests are counted apart: a share below nothing is nothing.
            ({ } of, { } from) => new Figure(Math.Max(0, 100 * (1 - (from / of))), FormattableString.Invariant($"{from:0} of {of:0} pages came from disk"))
            {
                IsTelling = from / w.Elapsed.TotalSeconds >= TellingReadsPerSecond || from / of < 0.01,
            },
        };
    }

    private static Figure OnDisk(CounterWindow w)
    {
        Figure all = w.Delta("Created_tmp_tables");
        Figure disk = w.Delta("Created_tmp_disk_tables");
        return (all.Value, disk.Value) switch
        {
            (null, _) => all,
            (_, null) => disk,
            (0, _) => Figure.Unknown("no temporary table was made in the window"),
            ({ } of, { } on) => new Figure(Math.Min(100, 100 * on / of), FormattableString.Invariant($"{on:0} of {of:0}")) { IsTelling = of >= TellingTables },
        };
    }

    private static Figure Told(Figure figure, string evidence) => figure.Value is null ? figure : figure with { Evidence = evidence };

    private static Figure Gauge(CounterWindow w, string name) => w.Last[name] is { } value ? new Figure(value) : Figure.Unknown($"this server does not tell {name}");

    private static Figure Share(Figure part, double? whole, string of) => part.Value is { } value && whole is > 0 and { } all
        ? new Figure(100 * value / all, FormattableString.Invariant($"{value:0} of {all:0} {of}"))
        : part.Value is null ? part : Figure.Unknown($"the server does not tell how many {of} there are");
}
