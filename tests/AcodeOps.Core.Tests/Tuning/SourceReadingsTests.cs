using AcodeOps.Tuning;

namespace AcodeOps.Core.Tests.Tuning;

/// <summary>What is read out of two looks at a server's counters, and when nothing is.</summary>
public sealed class SourceReadingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("Queries", 50)]
    [InlineData("Commits", 30)]
    [InlineData("Writes", 70)]
    [InlineData("Rows read", 300)]
    [InlineData("Rows read by scans", 200)]
    [InlineData("Pages read from disk", 5)]
    public void Counters_become_rates(string name, double perTenSeconds)
    {
        PerformanceReading reading = Read(
            [("Queries", 50), ("Com_commit", 30), ("Com_insert", 40), ("Com_update", 30), ("Handler_read_key", 100), ("Handler_read_rnd_next", 200), ("Innodb_buffer_pool_reads", 5), ("Innodb_buffer_pool_read_requests", 1_000)])
            .Single(r => r.Told.Name == name).Told;
        Assert.Equal((perTenSeconds / 10, null, Noon, Noon + Ten), (reading.Value, reading.Verdict, reading.From, reading.To));
    }

    [Fact]
    public void Shares_are_held_against_their_limits()
    {
        IReadOnlyList<Reading> readings = Read(
            [("Innodb_buffer_pool_read_requests", 10_000), ("Innodb_buffer_pool_reads", 1_000), ("Created_tmp_tables", 40), ("Created_tmp_disk_tables", 20)], connected: 130);
        Assert.Equal(
            ["BufferPoolMisses at least 95 %", "ConnectionsNearLimit below 80 %", "TemporaryTablesOnDisk below 25 %"],
            readings.Select(r => r.Finding("It", null)).OfType<Finding>().Select(f => $"{f.Rule} {f.Proposed}").Order(StringComparer.Ordinal));
        Assert.Contains("1000 of 10000 pages came from disk", readings.Select(r => r.Finding("It", null)?.Evidence).Single(e => e?.Contains("hit rate", StringComparison.Ordinal) == true), StringComparison.Ordinal);
    }

    [Fact]
    public void Little_proves_nothing_and_nothing_is_unknown()
    {
        IReadOnlyList<Reading> little = Read([("Innodb_buffer_pool_read_requests", 20), ("Innodb_buffer_pool_reads", 10), ("Created_tmp_tables", 2), ("Created_tmp_disk_tables", 2)]);
        Assert.Empty(little.Select(r => r.Finding("It", null)).OfType<Finding>());
        Assert.Null(little.Single(r => r.Told.Name == "Buffer pool hit rate").Told.Verdict);

        PerformanceReading none = Read([]).Single(r => r.Told.Name == "Buffer pool hit rate").Told;
        Assert.Equal((null, Verdict.Unknown, "no page was asked for in the window"), (none.Value, none.Verdict, none.Evidence));
    }

    [Theory]
    [InlineData("Uptime", 10, "started anew")]
    [InlineData("Uptime_since_flush_status", 10, "set back")]
    [InlineData("Queries", 3, "set Queries back")]
    public void Counters_that_were_set_back_are_unknown(string name, long now, string why)
    {
        Dictionary<string, long> first = new() { ["Uptime"] = 500, ["Uptime_since_flush_status"] = 500, ["Queries"] = 40 };
        Dictionary<string, long> last = new() { ["Uptime"] = 510, ["Uptime_since_flush_status"] = 510, ["Queries"] = 90, [name] = now };
        PerformanceReading queries = SourceReadings.Of("primary", Window(first, last), (Noon, Noon + Ten)).Single(r => r.Told.Name == "Queries").Told;
        Assert.Equal((null, Verdict.Unknown, "StatisticsReset"), (queries.Value, queries.Verdict, queries.ErrorId));
        Assert.Contains(why, queries.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_that_the_server_does_not_have_is_unknown_and_not_nothing() =>
        Assert.All(Read([]).Where(r => r.Told.Name is "Commits" or "Connections refused" or "Slow statements"), r => Assert.Equal((null, Verdict.Unknown), (r.Told.Value, r.Told.Verdict)));

    [Fact]
    public void No_advice_asks_for_less_durability_and_none_is_given_where_nothing_was_measured()
    {
        string all = string.Join('\n', Read(
            [("Innodb_buffer_pool_read_requests", 10_000), ("Innodb_buffer_pool_reads", 9_000), ("Created_tmp_tables", 40), ("Created_tmp_disk_tables", 40), ("Connection_errors_max_connections", 3)], connected: 151)
            .Select(r => r.Finding("It", "The server is the partner's: show them these figures.")).OfType<Finding>().Select(f => $"{f.Rule} {f.Message} {f.Remedy}"));
        Assert.Equal(4, all.Split('\n').Length);
        Assert.DoesNotContain("flush_log", all, StringComparison.Ordinal);
        Assert.DoesNotContain("sync_binlog", all, StringComparison.Ordinal);
        Assert.DoesNotContain("doublewrite", all, StringComparison.Ordinal);
        Assert.All(all.Split('\n'), line => Assert.Contains("The server is the partner's: show them", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20_000, 2, true, "d", true)]
    [InlineData(9_999, 2, true, "d", false)] // few rows
    [InlineData(20_000, 2, false, "d", false)] // along an index
    [InlineData(20_000, 20_000, true, "d", false)] // all that is read is wanted
    [InlineData(20_000, 2, true, "performance_schema", false)]
    public void A_statement_that_scans_is_found(long rows, long sent, bool withoutIndex, string schema, bool found)
    {
        PerformanceSection section = new()
        {
            Part = PerformancePart.Source,
            Target = "primary",
            Readings = [],
            Statements =
            [
                new()
                {
                    Source = SourceRole.Primary, Schema = schema, Digest = "abc", Text = "SELECT `b` FROM `t`", Executions = 2, TotalMs = 10, MeanMs = 5, RowsExamined = 2 * rows, RowsSent = 2 * sent,
                    Errors = 0, TemporaryTablesOnDisk = 0, WithoutIndex = withoutIndex ? 2 : 0, From = Noon, To = Noon + Ten,
                },
            ],
        };
        Assert.Equal(found, StatementAdvice.Of(section, null).Any());
    }

    private static IReadOnlyList<Reading> Read((string Name, long Grown)[] grown, long connected = 12)
    {
        Dictionary<string, long> first = new() { ["Uptime"] = 500, ["Threads_connected"] = connected, ["Threads_running"] = 2 };
        Dictionary<string, long> last = new(first) { ["Uptime"] = 510 };
        foreach ((string name, long by) in grown)
        {
            first[name] = 1_000;
            last[name] = 1_000 + by;
        }

        if (grown.Length == 0)
        {
            foreach (string name in new[] { "Innodb_buffer_pool_reads", "Innodb_buffer_pool_read_requests" })
            {
                first[name] = last[name] = 7;
            }
        }

        return [.. SourceReadings.Of("primary", Window(first, last), (Noon, Noon + Ten))];
    }

    private static CounterWindow Window(Dictionary<string, long> first, Dictionary<string, long> last)
    {
        ServerCounters begin = Counters(first);
        ServerCounters end = Counters(last);
        return new CounterWindow(begin, end, Ten, [begin, end]);
    }

    private static ServerCounters Counters(Dictionary<string, long> values) => new() { Flavor = SourceFlavor.MySql, MaxConnections = 151, LongQuerySeconds = 10, Values = values };
}
