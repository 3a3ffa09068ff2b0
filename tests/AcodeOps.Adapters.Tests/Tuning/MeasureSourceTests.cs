using System.Diagnostics;
using System.Globalization;
using AcodeOps.Adapters.MachineUsage;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Tuning;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>The measurement of a server, on servers of the test's own under a load of known size.</summary>
[Collection(OwnServers.Collection)]
public sealed class MeasureSourceTests(OwnServers servers)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(77);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor> Flavors => [DatabaseFlavor.MySql, DatabaseFlavor.MariaDb];

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_load_of_known_size_is_measured_and_what_it_proves_is_found(DatabaseFlavor flavor)
    {
        DatabaseServer server = await servers.ServerAsync(flavor);
        KnownLoad load = new(server, "measured");
        await load.CreateAsync(Cancel);
        await server.ExecuteAsync(
            "USE measured; CREATE TABLE many (idpk INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(40)); "
            + "INSERT INTO many (note) SELECT a.note FROM notes a, digits b; SET GLOBAL long_query_time=0.2",
            Cancel);
        await using MySqlSource source = await load.OpenAsync("u_measured", Cancel);

        Dictionary<string, long> counted = [];
        PerformanceReport report = await MeasureAsync(source, async () =>
        {
            Dictionary<string, long> before = await CountersAsync(server);
            await LoadAsync(server, load);
            foreach ((string name, long value) in await CountersAsync(server))
            {
                counted[name] = value - before[name];
            }
        });
        foreach (PerformanceReading reading in report.Sections.SelectMany(s => s.Readings))
        {
            TestContext.Current.SendDiagnosticMessage($"{reading} {reading.Verdict} {reading.Evidence}");
        }

        PerformanceSection section = report.Sections.Single(s => s.Part == PerformancePart.Source);
        Assert.All(section.Readings, r => Assert.True(r.Value is not null || r.Name == "Buffer pool hit rate", r.ToString()));
        double seconds = (Of(section, "Queries").To - Of(section, "Queries").From).TotalSeconds;
        double Total(string name) => Of(section, name).Value!.Value * seconds;
        // Against the server's own counters around the load; the measurement adds a little to each.
        Assert.InRange(Total("Queries"), counted["Queries"], counted["Queries"] + 60);
        Assert.InRange(Total("Commits"), 19.9, 21);
        Assert.InRange(Total("Writes"), 49.9, 52);
        Assert.InRange(Total("Rows read"), counted["Handler"] - 50, counted["Handler"] + 5_000);
        Assert.InRange(Total("Rows read by scans"), 3 * 20_000, counted["Handler"] + 5_000);
        Assert.Equal(10, Of(section, "Slow statements").Value!.Value, 1.5);
        Assert.InRange(Of(section, "Buffer pool free").Value!.Value, 0, 100);

        Finding scan = Assert.Single(report.Findings, f => f.Rule == "StatementScans");
        Assert.Equal((FindingSeverity.Warning, "primary"), (scan.Severity, scan.Target));
        Assert.Contains("20,000 rows", scan.Message, StringComparison.Ordinal);
        Assert.Contains("3 executions, 3 without an index, 60000 rows read for 3 given", scan.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary4711", $"{scan} {scan.Current} {scan.Evidence}", StringComparison.Ordinal);
        SlowQuery slowest = section.Statements[0];
        Assert.Contains("SLEEP", slowest.Text, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(slowest.TotalMs, 2_900, 6_000);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Connections_near_the_limit_and_refused_ones_are_found(DatabaseFlavor flavor)
    {
        DatabaseServer server = await servers.ServerAsync(flavor);
        // The measurement needs one of its own, and the least that MySQL takes is 10.
        await server.ExecuteAsync("SET GLOBAL max_connections=10", Cancel);
        await using MySqlSource source = SourceUnderTest.Open(server);
        List<MySqlConnection> held = [];
        PerformanceReport report = await MeasureAsync(source, async () =>
        {
            while (await TryOpenAsync(server, server.Reader) is { } taken)
            {
                held.Add(taken);
            }

            // The administrator has one more than everybody else; whoever comes now is refused before the login, and only those are counted.
            held.Add(await server.OpenAsync(Cancel));
            Assert.Null(await TryOpenAsync(server, server.Reader));
        });
        await held[^1].RowsAsync("SET GLOBAL max_connections=151", Cancel);
        foreach (MySqlConnection connection in held)
        {
            await connection.DisposeAsync();
        }

        PerformanceSection section = report.Sections.Single(s => s.Part == PerformancePart.Source);
        PerformanceReading used = Of(section, "Connections used");
        Assert.True(used.Value >= 80 && used.Verdict == Verdict.Degraded && used.Threshold == 80, $"{used} {used.Evidence}");
        Assert.Equal(Verdict.Failed, Of(section, "Connections refused").Verdict);
        Finding near = Assert.Single(report.Findings, f => f.Rule == "ConnectionsNearLimit");
        Assert.Contains("of 10 connections", near.Evidence, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Error, Assert.Single(report.Findings, f => f.Rule == "ConnectionsRefused").Severity);
        // This account may not read what statements cost: that is Unknown, and says what it takes.
        PerformanceReading statements = Of(section, "Statements");
        Assert.Equal((Verdict.Unknown, "StatementsNotReadable", FailureClass.Permission), (statements.Verdict, statements.ErrorId, statements.Cause));
        Assert.Contains("GRANT SELECT", statements.Evidence, StringComparison.Ordinal);
        Assert.Empty(section.Statements);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_restart_in_the_window_or_a_server_that_is_away_is_unknown_and_proves_nothing(DatabaseFlavor flavor)
    {
        DatabaseServer server = await servers.ServerAsync(flavor);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(server) with { IsPartners = true }, new OneCredential(server.Reader.Password));
        // A server that has just started is as old after a restart as before it, by whole seconds.
        while (Convert.ToInt64((await source.Statistics.ReadCountersAsync(Cancel))["Uptime"], CultureInfo.InvariantCulture) < 5)
        {
            await Task.Delay(200, Cancel);
        }

        PerformanceReport restarted = await MeasureAsync(source, async () =>
        {
            await server.Process.KillAsync();
            await server.StartAsync(Cancel);
        });
        PerformanceSection section = restarted.Sections.Single(s => s.Part == PerformancePart.Source);
        Assert.All(["Queries", "Commits", "Writes", "Rows read", "Slow statements", "Buffer pool hit rate"], name =>
        {
            PerformanceReading reading = Of(section, name);
            Assert.Equal((null, Verdict.Unknown, "StatisticsReset"), (reading.Value, reading.Verdict, reading.ErrorId));
            Assert.Contains("started anew", reading.Evidence, StringComparison.Ordinal);
        });
        // What is a level and no difference is still known.
        Assert.NotNull(Of(section, "Threads running").Value);
        Assert.Contains("partner's", Of(section, "Statements").Evidence, StringComparison.Ordinal);

        PerformanceReport died = await MeasureAsync(source, () => server.Process.KillAsync());
        PerformanceReading away = Of(died.Sections.Single(s => s.Part == PerformancePart.Source), "Server counters");
        Assert.Equal((null, Verdict.Unknown, "SourceRefused", FailureClass.ConnectionRefused), (away.Value, away.Verdict, away.ErrorId, away.Cause));
        Assert.DoesNotContain(restarted.Findings.Concat(died.Findings), f => f.Target == "primary");
        await server.StartAsync(Cancel);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task It_ends_at_once_when_it_is_stopped(DatabaseFlavor flavor)
    {
        await using MySqlSource source = SourceUnderTest.Open(await servers.ServerAsync(flavor));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        FirstLook usage = new();
        Task measurement = new PerformanceMeter(new MeasuredSource(source, TimeProvider.System, usage)).MeasureAsync(new MeasurementRequest { Duration = TimeSpan.FromHours(1) }, stop.Token);
        await usage.Taken.WaitAsync(Cancel);
        Assert.False(measurement.IsCompleted);
        long began = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measurement);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1), $"{Stopwatch.GetElapsedTime(began)}");
    }

    private static async Task<MySqlConnection?> TryOpenAsync(DatabaseServer server, DatabaseLogin login)
    {
        try
        {
            return await server.OpenAsync(Cancel, login);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.ConnectionCountError)
        {
            return null;
        }
    }

    private static PerformanceReading Of(PerformanceSection section, string name) => section.Readings.Single(r => r.Name == name);

    private static async Task LoadAsync(DatabaseServer server, KnownLoad load)
    {
        await load.SleepTenTimesAsync(Cancel);
        await load.RunAsync(
            [
                .. Enumerable.Repeat("SELECT COUNT(*) FROM many WHERE note = 'Canary4711'", 3),
                .. Enumerable.Range(0, 20).SelectMany(i => new[] { "BEGIN", $"UPDATE notes SET note = 'n{i}' WHERE idpk = {i}", "COMMIT" }),
                .. Enumerable.Range(0, 30).Select(i => $"INSERT INTO notes VALUES ({10_000 + i}, 'x')"),
            ],
            Cancel);
    }

    private static async Task<Dictionary<string, long>> CountersAsync(DatabaseServer server)
    {
        await using MySqlConnection admin = await server.OpenAsync(Cancel);
        Dictionary<string, long> counters = [];
        foreach (Dictionary<string, object?> row in await admin.RowsAsync("SHOW GLOBAL STATUS WHERE Variable_name = 'Queries' OR Variable_name LIKE 'Handler\\_read%'", Cancel))
        {
            string name = $"{row["Variable_name"]}".StartsWith("Handler", StringComparison.Ordinal) ? "Handler" : $"{row["Variable_name"]}";
            counters[name] = counters.GetValueOrDefault(name) + Convert.ToInt64(row["Value"], CultureInfo.InvariantCulture);
        }

        return counters;
    }

    // One step as long as the window: the looks are at both ends, and the work is in between.
    private static async Task<PerformanceReport> MeasureAsync(MySqlSource source, Func<Task> work)
    {
        // The machine's measurement waits, and the source's.
        WorkInsteadOfWaiting clock = new(Window, work, expected: 2);
        PerformanceReport report = await new PerformanceMeter(new MeasuredSource(source, clock, new LinuxUsage())).MeasureAsync(
            new MeasurementRequest { Duration = Window, Interval = Window, Statements = 30 }, Cancel);
        await clock.Work;
        return report;
    }

    // Tells when the measurement is under way.
    private sealed class FirstLook : IMachineUsage
    {
        private readonly LinuxUsage _real = new();
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Taken => _taken.Task;

        public MachineSample Read()
        {
            MachineSample sample = _real.Read();
            _taken.TrySetResult();
            return sample;
        }
    }
}
