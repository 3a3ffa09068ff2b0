using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>A real replica, in step and in every fault.</summary>
public sealed class ReplicationTests(LabFixture lab)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor> Flavors => [DatabaseFlavor.MySql, DatabaseFlavor.MariaDb];

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_primary_has_no_channels_and_a_reader_without_the_right_is_told_so(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await using MySqlSource admin = SourceUnderTest.Open(pair.Primary, pair.Accounts.Admin);
        await using MySqlSource reader = SourceUnderTest.Open(pair.Primary);

        Assert.Empty(await admin.ReadReplicationAsync(Cancel));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => reader.ReadReplicationAsync(Cancel));
        Assert.Equal(("SourceAccessDenied", FailureClass.Permission), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task What_the_account_may_not_read_is_a_note_and_no_failure()
    {
        DatabasePair pair = await lab.PairAsync(DatabaseFlavor.MySql);
        DatabaseLogin login = DatabaseLogin.WithNewPassword("only_show");
        await pair.Replica.ExecuteAsync(
            $"SET GLOBAL super_read_only=OFF; SET SESSION sql_log_bin=0; CREATE USER {login.User}@'127.0.0.1' IDENTIFIED BY '{login.Password}'; "
            + $"GRANT SELECT ON {pair.Replica.Database}.* TO {login.User}@'127.0.0.1'; GRANT REPLICATION CLIENT ON *.* TO {login.User}@'127.0.0.1'; SET GLOBAL super_read_only=ON", Cancel);
        await using MySqlSource source = SourceUnderTest.Open(pair.Replica, login);

        ReplicationStatus status = Assert.Single(await source.ReadReplicationAsync(Cancel));

        Assert.Equal(ReplicationThread.Running, status.Receiver);
        Assert.Null(status.LastContactSeconds);
        Assert.Contains("performance_schema", Assert.Single(status.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Every_fault_of_replication_is_seen(DatabaseFlavor flavor)
    {
        await using OwnPair own = await lab.NewPairAsync(flavor);
        DatabasePair pair = own.Pair;
        await using MySqlSource source = SourceUnderTest.Open(pair.Replica);
        await pair.Primary.ExecuteAsync("CREATE TABLE t (id INT PRIMARY KEY)", Cancel, pair.Primary.Database);
        await pair.WaitUntilInSyncAsync(Patience, Cancel);

        ReplicationStatus healthy = await UntilAsync(source, s => s is { HasAppliedAllReceived: true, LagSeconds: 0 });
        Assert.Equal((ReplicationThread.Running, ReplicationThread.Running), (healthy.Receiver, healthy.Applier));
        Assert.Equal((true, true, 0L), (healthy.UsesGtid, healthy.IsReadOnly, healthy.TransactionsToApply));
        Assert.Equal($"127.0.0.1:{pair.Primary.Port}", healthy.ReplicatesFrom);
        Assert.Equal(flavor == DatabaseFlavor.MySql, healthy.LastContactSeconds is >= 0 and < 60);
        Assert.Empty(healthy.Notes);

        // Stopped by hand, with transactions waiting: received grows, applied does not.
        await pair.Replica.ExecuteAsync("STOP REPLICA SQL_THREAD", Cancel);
        await pair.Primary.ExecuteAsync("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)", Cancel, pair.Primary.Database);
        ReplicationStatus stopped = await UntilAsync(source, s => s.TransactionsToApply == 2);
        Assert.Equal((ReplicationThread.Stopped, null, null, false), (stopped.Applier, stopped.LagSeconds, stopped.ApplierError, stopped.HasAppliedAllReceived));
        await pair.Replica.ExecuteAsync("START REPLICA SQL_THREAD", Cancel);

        // Real lag: the applier waits for a lock.
        await UntilAsync(source, s => s.HasAppliedAllReceived == true);
        await using (var locker = await pair.Replica.OpenAsync(Cancel))
        {
            await locker.RowsAsync("FLUSH TABLES WITH READ LOCK", Cancel);
            await pair.Primary.ExecuteAsync("INSERT INTO t VALUES (3)", Cancel, pair.Primary.Database);
            ReplicationStatus lagging = await UntilAsync(source, s => s.LagSeconds >= 2);
            Assert.Equal((ReplicationThread.Running, ReplicationThread.Running), (lagging.Receiver, lagging.Applier));
        }

        // A row that is already there: the text of the error names it, also with several applier threads.
        string off = flavor == DatabaseFlavor.MySql ? "SET GLOBAL super_read_only=OFF; SET GLOBAL read_only=OFF" : "SET GLOBAL read_only=OFF";
        await pair.Replica.ExecuteAsync($"{off}; SET SESSION sql_log_bin=0; INSERT INTO t VALUES (100)", Cancel, pair.Replica.Database);
        Assert.False((await source.ProbeAsync(Cancel)).IsReadOnly);
        await pair.Primary.ExecuteAsync("INSERT INTO t VALUES (100)", Cancel, pair.Primary.Database);

        // The server tells the error a moment before the thread has ended.
        ReplicationStatus broken = await UntilAsync(source, s => s is { ApplierError: not null, Applier: ReplicationThread.Stopped });
        Assert.False(broken.IsReadOnly);
        Assert.StartsWith("1062: ", broken.ApplierError, StringComparison.Ordinal);
        Assert.Contains("Duplicate entry '100'", broken.ApplierError, StringComparison.Ordinal);
        await pair.Replica.ExecuteAsync("SET SESSION sql_log_bin=0; DELETE FROM t WHERE id = 100; START REPLICA", Cancel, pair.Replica.Database);
        await UntilAsync(source, s => s is { HasAppliedAllReceived: true, Applier: ReplicationThread.Running });

        // The replication account's password is wrong.
        await pair.Replica.ExecuteAsync($"STOP REPLICA; {SetPassword("wrong")}; START REPLICA", Cancel);
        ReplicationStatus refused = await UntilAsync(source, s => s.ReceiverError is not null);
        Assert.StartsWith("1045: ", refused.ReceiverError, StringComparison.Ordinal);
        await pair.Replica.ExecuteAsync($"STOP REPLICA; {SetPassword(pair.Accounts.Replication.Password)}; START REPLICA", Cancel);
        await UntilAsync(source, s => s.Receiver == ReplicationThread.Running);

        // The primary is dead: lag is NULL, and all that was received is applied.
        await pair.Primary.Process.KillAsync();
        ReplicationStatus orphan = await UntilAsync(
            source, s => s is { Receiver: ReplicationThread.Connecting, LagSeconds: null } && s.ReceiverError?.StartsWith("2003: ", StringComparison.Ordinal) == true);
        Assert.Equal((ReplicationThread.Running, true), (orphan.Applier, orphan.HasAppliedAllReceived));

        string SetPassword(string password) =>
            flavor == DatabaseFlavor.MySql ? $"CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='{password}'" : $"CHANGE MASTER TO MASTER_PASSWORD='{password}'";
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Every_channel_of_a_replica_with_several_sources_is_told(DatabaseFlavor flavor)
    {
        await using OwnPair own = await lab.NewPairAsync(flavor);
        DatabasePair pair = own.Pair;
        DatabasePair other = await lab.PairAsync(flavor);
        string target = $"'127.0.0.1', {{0}}_PORT={other.Primary.Port}, {{0}}_USER='{other.Accounts.Replication.User}', {{0}}_PASSWORD='{other.Accounts.Replication.Password}'";
        await pair.Replica.ExecuteAsync(
            flavor == DatabaseFlavor.MySql
                ? $"CHANGE REPLICATION SOURCE TO SOURCE_HOST={target.Replace("{0}", "SOURCE", StringComparison.Ordinal)}, SOURCE_AUTO_POSITION=1 FOR CHANNEL 'second'"
                : $"CHANGE MASTER 'second' TO MASTER_HOST={target.Replace("{0}", "MASTER", StringComparison.Ordinal)}",
            Cancel);
        await using MySqlSource source = SourceUnderTest.Open(pair.Replica);

        IReadOnlyList<ReplicationStatus> channels = await source.ReadReplicationAsync(Cancel);

        Assert.Equal(["", "second"], channels.Select(c => c.Channel).Order(StringComparer.Ordinal));
        ReplicationStatus second = channels.Single(c => c.Channel == "second");
        Assert.Equal((ReplicationThread.Stopped, $"127.0.0.1:{other.Primary.Port}"), (second.Receiver, second.ReplicatesFrom));
        Assert.Equal(ReplicationThread.Running, channels.Single(c => c.Channel.Length == 0).Applier);
    }

    private static async Task<ReplicationStatus> UntilAsync(MySqlSource source, Func<ReplicationStatus, bool> holds)
    {
        ReplicationStatus? last = null;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                last = Assert.Single(await source.ReadReplicationAsync(limit.Token));
                if (holds(last))
                {
                    return last;
                }

                await Task.Delay(100, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            throw new Xunit.Sdk.XunitException($"Not seen within {Patience.TotalSeconds} s. Last: {last}, {last?.ReceiverError}, {last?.ApplierError}, to apply {last?.TransactionsToApply}.");
        }
    }
}
