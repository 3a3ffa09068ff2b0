using System.Diagnostics;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Tuning.Indexes;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>Indexes made on a real replica: used or taken away again, broken off, killed and raced; with the replica as read-only as before, and nothing of it in its binary log.</summary>
public sealed class IndexBuildTests(LabFixture lab)
{
    private const string Table = "idx_built";
    private static readonly string[] At = ["Data_Processamento"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task An_index_is_made_tried_and_shown_or_dropped_again(DatabaseFlavor flavor)
    {
        await using OwnPair own = await FilledAsync(flavor);
        await using IndexSite site = new(own.Pair);

        IndexResult built = await site.BuildAsync(Table, At, Cancel);
        TestContext.Current.SendDiagnosticMessage($"{flavor} {built.Seconds:0.0} s, {built.Bytes / 1048576.0:0.0} MiB, lag {built.HighestLagSeconds}: {built}");
        Assert.Equal((IndexStatus.Built, "acode_data_processamento"), (built.Status, built.Index));
        Assert.Superset(new HashSet<string> { "Freshness", "CursorRead" }, built.Effects.Where(effect => effect.IsServed).Select(effect => effect.Statement).ToHashSet());
        Assert.Contains("ALL", built.Effects.Single(effect => effect.Statement == "CursorRead").Before, StringComparison.Ordinal);
        Assert.InRange(built.Bytes ?? 0, 1 << 20, 20 << 20);
        Assert.True(built.KeptOutOfBinaryLog);
        Assert.Equal(flavor == DatabaseFlavor.MySql, built.LiftedSuperReadOnly);
        InstalledIndex there = (await site.ReadAsync(Table, Cancel)).Indexes.Single(index => index.Name == built.Index);
        Assert.True(there.IsVisible);
        await AssertAsBeforeAsync(own.Pair);

        // Once more, also where only its beginning is asked for: nothing is done.
        Assert.Equal((IndexStatus.Present, null), Told(await site.BuildAsync(Table, At, Cancel, name: "another")));

        // What no statement of the pipeline uses goes away again.
        IndexResult undone = await site.BuildAsync(Table, ["EAN"], Cancel);
        Assert.Equal((IndexStatus.Undone, false), (undone.Status, undone.Effects.Any(effect => effect.IsServed)));
        Assert.DoesNotContain((await site.ReadAsync(Table, Cancel)).Indexes, index => index.Name == undone.Index);
        await AssertAsBeforeAsync(own.Pair);

        // What an interrupted run has left is gone on with, under its own name.
        await HideAsync(own.Pair, "left_over", "Data");
        Assert.Contains(IndexAdvisor.Judge(await site.Source(SourceRole.Backup).Indexes.ReadAsync([SalesTable.Definition(Table)], Cancel)), one => one is { Rule: "IndexInvisible", Subject: "left_over" });
        IndexResult continued = await site.BuildAsync(Table, ["Data"], Cancel);
        Assert.Equal((IndexStatus.Built, "left_over", null), (continued.Status, continued.Index, continued.Statement));
        Assert.True((await site.ReadAsync(Table, Cancel)).Indexes.Single(index => index.Name == "left_over").IsVisible);
        Assert.DoesNotContain(IndexAdvisor.Judge(await site.Source(SourceRole.Backup).Indexes.ReadAsync([SalesTable.Definition(Table)], Cancel)), one => one.Rule != "IndexUseUnknown");
        await AssertAsBeforeAsync(own.Pair);

        // Replication goes on over the table.
        await own.Pair.Primary.ExecuteAsync($"INSERT INTO {Table} (idpk, Data, Data_Processamento) VALUES (9000000, '2027-01-01', '2027-01-01'); UPDATE {Table} SET EAN = 'x' WHERE Data = '2026-01-05'", Cancel, own.Pair.Primary.Database);
        await own.Pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Two_at_once_make_one_and_what_stands_in_the_way_is_told(DatabaseFlavor flavor)
    {
        await using OwnPair own = await FilledAsync(flavor);
        await using IndexSite site = new(own.Pair);
        IndexResult[] both = await Task.WhenAll(site.BuildAsync(Table, At, Cancel), site.BuildAsync(Table, At, Cancel));
        Assert.Equal([IndexStatus.Built, IndexStatus.Present], both.Select(one => one.Status).Order());
        Assert.Single((await site.ReadAsync(Table, Cancel)).Indexes, index => index.Parts[0].Column == At[0]);
        await AssertAsBeforeAsync(own.Pair);

        Assert.Equal("IndexNotOnline", (await FailureAsync(site, ["note"])).Id);
        Assert.Equal("SourceColumnMissing", (await FailureAsync(site, ["nothing"])).Id);
        Assert.Equal("IndexNameTaken", (await FailureAsync(site, ["Data"], both[0].Index)).Id);
        await using IndexSite nobody = new(own.Pair, namesAdministrator: false);
        Assert.Equal("AdministratorMissing", (await FailureAsync(nobody, ["Data"])).Id);

        // Somebody's transaction holds the table: nobody is to wait behind us for longer than some seconds.
        await using (MySqlConnection holder = await HoldAsync(own.Pair))
        {
            AcodeException busy = await FailureAsync(site, ["Data"]);
            Assert.Equal(("TableBusy", FailureClass.Conflict), (busy.Id, busy.Cause));
        }

        Assert.DoesNotContain((await site.ReadAsync(Table, Cancel)).Indexes, index => index.Parts[0].Column == "Data");
        await AssertAsBeforeAsync(own.Pair);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_replica_that_falls_behind_has_the_build_broken_off_and_nothing_is_left(DatabaseFlavor flavor)
    {
        await using OwnPair own = await FilledAsync(flavor);
        await using IndexSite site = new(own.Pair);
        await own.Pair.Primary.ExecuteAsync("CREATE TABLE idx_other (idpk BIGINT PRIMARY KEY)", Cancel, own.Pair.Primary.Database);
        await own.Pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(30), Cancel);
        await site.UntilInStepAsync(Cancel);
        // MariaDB's applier waits for a table, and the lag grows. On MySQL super_read_only could not come back while somebody locks a table: there it is stopped, and the lag unknown.
        await using MySqlConnection locker = await own.Pair.Replica.OpenAsync(Cancel, database: own.Pair.Replica.Database);
        string halt = flavor == DatabaseFlavor.MySql ? "STOP REPLICA SQL_THREAD" : "DO 0";
        if (flavor == DatabaseFlavor.MariaDb)
        {
            await locker.RowsAsync("LOCK TABLES idx_other READ", Cancel);
        }

        await using (MySqlConnection holder = await HoldAsync(own.Pair))
        {
            Task<IndexResult> building = site.BuildAsync(Table, At, Cancel, maximumLagSeconds: 2);
            await WaitForBuildAsync(own.Pair, building);
            await own.Pair.Replica.ExecuteAsync(halt, Cancel);
            await own.Pair.Primary.ExecuteAsync("INSERT INTO idx_other VALUES (1)", Cancel, own.Pair.Primary.Database);
            AcodeException behind = await Assert.ThrowsAsync<AcodeException>(() => building);
            Assert.Equal("ReplicaBehind", behind.Id);
            Assert.Contains("nothing of it is left", behind.Message, StringComparison.Ordinal);
            TestContext.Current.SendDiagnosticMessage(behind.Message);
        }

        Assert.DoesNotContain((await site.ReadAsync(Table, Cancel)).Indexes, index => index.Parts[0].Column == At[0]);
        // While it is behind, nothing is begun.
        Assert.Contains("Nothing was begun", (await Assert.ThrowsAsync<AcodeException>(() => site.BuildAsync(Table, At, Cancel, maximumLagSeconds: 2))).Message, StringComparison.Ordinal);
        await own.Pair.Replica.ExecuteAsync("START REPLICA SQL_THREAD", Cancel);
        await locker.RowsAsync("UNLOCK TABLES", Cancel);
        await own.Pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(30), Cancel);
        await AssertAsBeforeAsync(own.Pair);

        // Stopped by its operator: the same.
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using (MySqlConnection holder = await HoldAsync(own.Pair))
        {
            Task<IndexResult> building = site.BuildAsync(Table, At, stop.Token);
            await WaitForBuildAsync(own.Pair, building);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
        }

        Assert.DoesNotContain((await site.ReadAsync(Table, Cancel)).Indexes, index => index.Parts[0].Column == At[0]);
        await AssertAsBeforeAsync(own.Pair);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Killed_in_the_middle_the_server_ends_it_and_the_next_run_goes_on(DatabaseFlavor flavor)
    {
        await using OwnPair own = await FilledAsync(flavor);
        await using IndexSite site = new(own.Pair);
        LabFolder folder = await lab.NewFolderAsync();
        string orders = Path.Combine(folder.Path, "orders");
        await File.WriteAllTextAsync(orders, IndexBuildProcess.Orders(own.Pair, Table, At[0]), Cancel);
        using Process killed = ChildProcess.Start(typeof(IndexBuildProcess), orders);
        await using (MySqlConnection holder = await HoldAsync(own.Pair))
        {
            await WaitForBuildAsync(own.Pair, killed.WaitForExitAsync(Cancel));
            killed.Kill();
            await killed.WaitForExitAsync(Cancel);
        }

        // The server goes on with what it was asked for, and the next run waits for it and goes on with what is there.
        IndexResult result = await site.BuildAsync(Table, At, Cancel);
        TestContext.Current.SendDiagnosticMessage($"{flavor} after a kill: {result.Statement} {result}");
        Assert.Equal(IndexStatus.Built, result.Status);
        Assert.True(Assert.Single((await site.ReadAsync(Table, Cancel)).Indexes, index => index.Parts[0].Column == At[0]).IsVisible);
        Assert.Equal(IndexStatus.Present, (await site.BuildAsync(Table, At, Cancel)).Status);
        await AssertAsBeforeAsync(own.Pair);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "SYSTEM_VARIABLES_ADMIN, CONNECTION_ADMIN")]
    [InlineData(DatabaseFlavor.MariaDb, "BINLOG ADMIN, READ_ONLY ADMIN")]
    public async Task An_administrator_needs_no_more_than_is_documented(DatabaseFlavor flavor, string global)
    {
        await using OwnPair own = await FilledAsync(flavor);
        DatabaseLogin maker = DatabaseLogin.WithNewPassword("index_maker");
        string account = $"'{maker.User}'@'127.0.0.1'", readOnly = own.Pair.Engine.ReadOnlyVariable;
        await own.Pair.Replica.ExecuteAsync(
            $"SET SESSION sql_log_bin=0; SET GLOBAL {readOnly}=OFF; CREATE USER {account} IDENTIFIED BY '{maker.Password}'; "
            + $"GRANT SELECT, INSERT, ALTER, INDEX ON {own.Pair.Replica.Database}.* TO {account}; GRANT {global} ON *.* TO {account}; SET GLOBAL {readOnly}=ON",
            Cancel);
        await using IndexSite site = new(own.Pair.Replica.Port, own.Pair.Replica.Database, own.Pair.Replica.Reader, maker);
        Assert.Equal(IndexStatus.Built, (await site.BuildAsync(Table, At, Cancel)).Status);
        Assert.Equal(IndexStatus.Undone, (await site.BuildAsync(Table, ["EAN"], Cancel)).Status);
        await AssertAsBeforeAsync(own.Pair);

        // Nobody of less may: nothing is left of the attempt.
        await using IndexSite reader = new(own.Pair.Replica.Port, own.Pair.Replica.Database, own.Pair.Replica.Reader, own.Pair.Replica.Reader);
        Assert.Equal(FailureClass.Permission, (await FailureAsync(reader, ["Data"])).Cause);
        await AssertAsBeforeAsync(own.Pair);
    }

    private async Task<OwnPair> FilledAsync(DatabaseFlavor flavor)
    {
        OwnPair own = await lab.NewPairAsync(flavor);
        await SalesTable.FillAsync(own.Pair.Primary, Table, Cancel, rows: 40_000);
        await own.Pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(60), Cancel);
        return own;
    }

    private static (IndexStatus Status, string? Statement) Told(IndexResult result) => (result.Status, result.Statement);

    private static Task<AcodeException> FailureAsync(IndexSite site, string[] columns, string? name = null) => Assert.ThrowsAsync<AcodeException>(() => site.BuildAsync(Table, columns, Cancel, name: name));

    // A transaction that has read the table keeps its definition as it is.
    private static async Task<MySqlConnection> HoldAsync(DatabasePair pair)
    {
        MySqlConnection holder = await pair.Replica.OpenAsync(Cancel, database: pair.Replica.Database);
        await holder.RowsAsync("START TRANSACTION READ ONLY", Cancel);
        await holder.RowsAsync($"SELECT idpk FROM {Table} LIMIT 1", Cancel);
        return holder;
    }

    private static async Task WaitForBuildAsync(DatabasePair pair, Task building)
    {
        while (Convert.ToInt64(await pair.Replica.ScalarAsync("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table metadata lock%'", Cancel), null) == 0)
        {
            Assert.False(building.IsCompleted, $"It has ended before it was seen. {building.Exception?.InnerException}");
            await Task.Delay(50, Cancel);
        }
    }

    private static Task HideAsync(DatabasePair pair, string name, string column) => pair.Replica.ExecuteAsync(
        pair.Flavor == DatabaseFlavor.MySql
            ? $"SET SESSION sql_log_bin=0; SET GLOBAL super_read_only=OFF; ALTER TABLE {Table} ADD INDEX {name} ({column}) INVISIBLE; SET GLOBAL super_read_only=ON"
            : $"SET SESSION sql_log_bin=0; ALTER TABLE {Table} ADD INDEX {name} ({column}) IGNORED",
        Cancel, pair.Replica.Database);

    /// <summary>The replica is read-only as before, has written nothing of its own, and is in step.</summary>
    private static async Task AssertAsBeforeAsync(DatabasePair pair)
    {
        Assert.Equal("1", $"{await pair.Replica.ScalarAsync($"SELECT @@global.{pair.Engine.ReadOnlyVariable}", Cancel)}");
        string gtids = $"{await pair.Replica.ScalarAsync(pair.Flavor == DatabaseFlavor.MySql ? "SELECT @@global.gtid_executed" : "SELECT @@global.gtid_binlog_state", Cancel)}".Replace("\n", "", StringComparison.Ordinal);
        if (pair.Flavor == DatabaseFlavor.MySql)
        {
            Assert.Equal("1", $"{await pair.Primary.ScalarAsync($"SELECT GTID_SUBSET('{gtids}', @@global.gtid_executed)", Cancel)}");
        }
        else
        {
            // Domain, server, number: of the replica's own there are none.
            Assert.DoesNotContain(gtids.Split(','), one => one.Split('-')[1] == "2");
        }

        await pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(30), Cancel);
    }
}
