using System.Globalization;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>What statements cost, against a load of known cost, the wall clock and the servers' own counters.</summary>
[Collection(AskedStatements.Collection)]
public sealed class SlowQueryTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor> Flavors => [DatabaseFlavor.MySql, DatabaseFlavor.MariaDb];

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_window_tells_what_ran_in_it_in_milliseconds_and_rows(DatabaseFlavor flavor)
    {
        KnownLoad load = new((await lab.PairAsync(flavor)).Primary, "slow_window");
        await load.CreateAsync(Cancel);
        await using MySqlSource source = await load.OpenAsync("u_window", Cancel);
        // What ran before the window is not of it, and keeps the server from telling the longest within.
        await load.RunAsync(["SELECT SLEEP(0.6)", "SELECT COUNT(*) FROM notes WHERE note = 'x'"], Cancel);

        DateTimeOffset began = DateTimeOffset.UtcNow;
        IReadOnlyList<SlowQuery> seen = await load.WindowAsync(source, async () =>
        {
            await load.SleepTenTimesAsync(Cancel);
            await load.RunAsync(Enumerable.Range(0, 5).Select(i => $"SELECT COUNT(*) FROM notes WHERE note = 'x{i}'"), Cancel);
            await load.RunAsync(["SELECT note FROM notes WHERE idpk = 7", "SELECT nonsense FROM notes"], Cancel);
        }, Cancel);

        SlowQuery sleep = seen[0];
        Assert.Contains("SLEEP", sleep.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((10, 0L, false, SourceRole.Primary, load.Database), (sleep.Executions, sleep.WithoutIndex, sleep.UsesNoIndex, sleep.Source, sleep.Schema));
        Assert.InRange(sleep.TotalMs, 2_900, 6_000);
        Assert.InRange(sleep.MeanMs, 290, 600);
        Assert.Null(sleep.MaxMs);
        Assert.InRange(sleep.FirstSeenAt!.Value, began.AddMinutes(-2), began);
        Assert.InRange(sleep.LastSeenAt!.Value, began.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal(TimeSpan.Zero, sleep.LastSeenAt.Value.Offset);

        SlowQuery scan = seen.Single(s => s.Text!.Contains("COUNT", StringComparison.OrdinalIgnoreCase));
        Assert.Equal((5, 5L, true, 5L * KnownLoad.TableRows, 5L), (scan.Executions, scan.WithoutIndex, scan.UsesNoIndex, scan.RowsExamined, scan.RowsSent));
        SlowQuery point = seen.Single(s => s.Text!.Contains("`idpk`", StringComparison.Ordinal));
        Assert.Equal((1, 0L, 1L, 1L), (point.Executions, point.WithoutIndex, point.RowsSent, point.RowsExamined));
        Assert.Equal(point.TotalMs, point.MaxMs);
        Assert.Equal(1, seen.Single(s => s.Text!.Contains("nonsense", StringComparison.Ordinal)).Errors);
        Assert.All(seen, s => Assert.True(s.From >= began.AddSeconds(-1) && s.To > s.From && s.To <= DateTimeOffset.UtcNow));
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Since_the_start_the_longest_is_told_and_the_first_few_are_chosen(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        KnownLoad load = new(server, "slow_start");
        await load.CreateAsync(Cancel);
        await using MySqlSource source = await load.OpenAsync("u_start", Cancel);
        await load.RunAsync(["SELECT SLEEP(0.1)", "SELECT SLEEP(0.4)", .. Enumerable.Repeat("SELECT note FROM notes WHERE idpk = 3", 9), .. Enumerable.Repeat("SELECT COUNT(*) FROM notes WHERE note = 'x'", 3)], Cancel);

        SlowQueryRequest all = new() { Schemas = name => name == load.Database };
        IReadOnlyList<SlowQuery> byTime = await new SlowQueryReader(TimeProvider.System).ReadAsync(source, all with { Top = 1 }, Cancel);
        SlowQuery sleep = Assert.Single(byTime);
        Assert.Equal(2, sleep.Executions);
        Assert.InRange(sleep.MaxMs!.Value, 395, 800);
        Assert.InRange(sleep.TotalMs, 495, 1_200);
        long uptime = Convert.ToInt64(await server.ScalarAsync("SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Uptime'", Cancel), CultureInfo.InvariantCulture);
        Assert.InRange((DateTimeOffset.UtcNow - sleep.From).TotalSeconds, uptime - 3, uptime + 3);

        IReadOnlyList<SlowQuery> byCount = await new SlowQueryReader(TimeProvider.System).ReadAsync(source, all with { Order = SlowQueryOrder.Executions }, Cancel);
        Assert.Equal(9, byCount[0].Executions);
        IReadOnlyList<SlowQuery> byRows = await new SlowQueryReader(TimeProvider.System).ReadAsync(source, all with { Order = SlowQueryOrder.RowsExamined }, Cancel);
        Assert.Equal((3, 3 * KnownLoad.TableRows), (byRows[0].Executions, byRows[0].RowsExamined));
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task No_literal_is_shown_of_any_statement(DatabaseFlavor flavor)
    {
        KnownLoad load = new((await lab.PairAsync(flavor)).Primary, "slow_secret");
        await load.CreateAsync(Cancel);
        await using MySqlSource source = await load.OpenAsync("u_secret", Cancel);
        const string Secret = "Canary4711";
        string longList = string.Join(" + ", Enumerable.Range(0, 700).Select(i => $"idpk * {i}"));
        IReadOnlyList<SlowQuery> seen = await load.WindowAsync(source, () => load.RunAsync(
            [
                $"SELECT '{Secret}', \"{Secret}\", N'{Secret}', _utf8mb4'{Secret}', 0x{Convert.ToHexString("Canary"u8)}, X'{Convert.ToHexString("Canary"u8)}', 47114711, -4711.4711e3",
                $"SELECT note FROM notes WHERE note = '{Secret}' /* {Secret} */ -- {Secret}",
                $"SELECT note FROM notes WHERE note IN ('a', '{Secret}') AND idpk IN (4711, 47114711)",
                $"INSERT INTO notes VALUES (99999, '{Secret}'), (99998, '{Secret}')",
                $"CREATE USER u_bird@'127.0.0.1' IDENTIFIED BY '{Secret}'", $"ALTER USER u_bird@'127.0.0.1' IDENTIFIED BY '{Secret}'", $"SET PASSWORD FOR u_bird@'127.0.0.1' = '{Secret}'",
                "DROP USER u_bird@'127.0.0.1'", $"SET @secret = '{Secret}'", $"PREPARE p FROM 'SELECT note FROM notes WHERE note = \"{Secret}\"'", "EXECUTE p",
                $"CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='{Secret}' FOR CHANNEL 'none'", $"SELECT note AS '{Secret}' FROM notes LIMIT 1", $"SELECT /*+ MAX_EXECUTION_TIME(4711) */ '{Secret}'",
                $"SELECT note FROM notes WHERE note = '{Secret}", $"SELEKT '{Secret}'", $"SELECT 'a' '{Secret}'", $"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT='{Secret}'",
                // Cut by the server in the middle.
                $"SELECT {longList} FROM notes WHERE note = '{Secret}'",
            ],
            Cancel), Cancel);

        Assert.True(seen.Count >= 15, $"{seen.Count} statements");
        Assert.All(seen, s => Assert.DoesNotContain("4711", $"{s} {s.Text}", StringComparison.Ordinal));
        Assert.All(seen, s => Assert.DoesNotContain("Canary", $"{s} {s.Text}", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(seen, s => s.Text!.Length > 700);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task An_account_that_may_not_read_them_is_told_what_it_takes(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        foreach ((bool isPartners, string word) in new[] { (false, "On the server: GRANT SELECT ON performance_schema."), (true, "partner's: ask them") })
        {
            await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(server) with { IsPartners = isPartners }, new OneCredential(server.Reader.Password));
            AcodeException refusal = await Assert.ThrowsAsync<AcodeException>(() => new SlowQueryReader(TimeProvider.System).ReadAsync(source, new SlowQueryRequest(), Cancel));
            Assert.Equal(("StatementsNotReadable", FailureClass.Permission), (refusal.Id, refusal.Cause));
            Assert.Contains(word, refusal.Advice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task It_asks_for_what_the_server_has_in_memory_and_for_nothing_else(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        KnownLoad load = new(server, "slow_asked");
        await load.CreateAsync(Cancel);
        DatabaseLogin login = await AskedStatements.BeginAsync(server, "u_slow_asked", Cancel);
        await server.ExecuteAsync($"SET SESSION sql_log_bin=0; GRANT SELECT ON performance_schema.events_statements_summary_by_digest TO {login.User}@'127.0.0.1'", Cancel);
        await using (MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(server, login), new OneCredential(login.Password)))
        {
            await load.WindowAsync(source, () => load.RunAsync(["SELECT COUNT(*) FROM notes WHERE note = 'x'"], Cancel), Cancel);
        }

        IReadOnlyList<string> asked = await AskedStatements.EndAsync(server, login.User, Cancel);
        const string Digests = "performance_schema.events_statements_summary_by_digest";
        Assert.Equal(5, asked.Count);
        Assert.Equal(2, asked.Count(sql => sql == "SELECT @@performance_schema AS v"));
        Assert.Equal(2, asked.Count(sql => sql.EndsWith($" FROM {Digests}", StringComparison.Ordinal) && !sql.Contains("DIGEST_TEXT", StringComparison.Ordinal)));
        Assert.Single(asked, sql => sql.Contains($"DIGEST_TEXT FROM {Digests} WHERE DIGEST IN (", StringComparison.Ordinal));
    }
}
