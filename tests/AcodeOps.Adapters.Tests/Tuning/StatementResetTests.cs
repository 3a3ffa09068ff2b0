using AcodeOps.Adapters.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>Statement statistics of servers that are started anew, emptied, have no room, or count nothing.</summary>
[Collection(OwnServers.Collection)]
public sealed class StatementResetTests(OwnServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor> Flavors => [DatabaseFlavor.MySql, DatabaseFlavor.MariaDb];

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_server_that_is_started_anew_emptied_or_does_not_count_tells_nothing_false(DatabaseFlavor flavor)
    {
        DatabaseServer server = await servers.ServerAsync(flavor);
        KnownLoad load = new(server, "slow_reset");
        await load.CreateAsync(Cancel);
        await using MySqlSource source = await load.OpenAsync("u_reset", Cancel);
        async Task RestartAsync(params string[] options)
        {
            await server.Process.KillAsync();
            await server.StartAsync(Cancel, options);
        }

        Assert.Equal("StatisticsReset", (await FailureAsync(() => load.WindowAsync(source, () => RestartAsync(), Cancel))).Id);
        AcodeException emptied = await FailureAsync(() => load.WindowAsync(source, () => server.ExecuteAsync("TRUNCATE performance_schema.events_statements_summary_by_digest", Cancel), Cancel));
        Assert.Equal(("StatisticsReset", FailureClass.Conflict), (emptied.Id, emptied.Cause));

        // With no room to tell the statements apart, the rest is one sum without a text.
        await RestartAsync("--performance-schema-digests-size=20");
        await load.RunAsync(Enumerable.Range(0, 60).Select(i => $"SELECT note AS n{i} FROM notes WHERE note = 'Canary4711' AND idpk < 5"), Cancel);
        IReadOnlyList<SlowQuery> crowded = await new SlowQueryReader(TimeProvider.System).ReadAsync(source, new SlowQueryRequest { Top = 50 }, Cancel);
        SlowQuery others = Assert.Single(crowded, s => s.Digest is null);
        Assert.Null(others.Text);
        Assert.True(others.Executions >= 40, others.ToString());
        Assert.All(crowded, s => Assert.DoesNotContain("Canary4711", $"{s} {s.Text}", StringComparison.Ordinal));

        await server.ExecuteAsync("UPDATE performance_schema.setup_consumers SET ENABLED='NO' WHERE NAME='statements_digest'; TRUNCATE performance_schema.events_statements_summary_by_digest", Cancel);
        Assert.Equal("StatementDigestsOff", (await FailureAsync(() => new SlowQueryReader(TimeProvider.System).ReadAsync(source, new SlowQueryRequest(), Cancel))).Id);

        await RestartAsync("--performance-schema=OFF");
        AcodeException off = await FailureAsync(() => new SlowQueryReader(TimeProvider.System).ReadAsync(source, new SlowQueryRequest(), Cancel));
        Assert.Equal(("PerformanceSchemaOff", FailureClass.NotFound), (off.Id, off.Cause));
        Assert.Contains("performance_schema=ON", off.Advice, StringComparison.Ordinal);
        Assert.Equal(flavor == DatabaseFlavor.MariaDb, off.Message.Contains("by default on MariaDB", StringComparison.Ordinal));
        await RestartAsync();
    }

    private static Task<AcodeException> FailureAsync(Func<Task> act) => Assert.ThrowsAsync<AcodeException>(act);
}
