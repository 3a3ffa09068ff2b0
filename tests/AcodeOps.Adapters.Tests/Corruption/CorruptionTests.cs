using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Adapters.Tests.Corruption;

/// <summary>A partition of the lake is corrupted for real, on real servers: it is replaced, and the lake has every sale exactly as the source does.</summary>
public sealed class CorruptionTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    public async Task A_corrupted_snapshot_is_replaced_by_a_whole_one(DatabaseFlavor flavor)
    {
        CorruptedSite corrupted = new(await FailoverSite.ShareAsync(labs, typeof(CorruptionTests), flavor, rows: 600));
        await using FailoverSite site = corrupted.Site;
        foreach (Damage damage in Enum.GetValues<Damage>())
        {
            await corrupted.CorruptAsync(damage, corrupted.Partition());
            CorruptionResult result = await RecoverAsync(corrupted, damage, damage == Damage.Doubled ? corrupted.Folder : null);

            await corrupted.AssertAsTheSourceAsync();
            Assert.Equal((await corrupted.IdsAsync()).Count, result.RowsReloaded);
            Assert.Equal(0, result.RowsReadTwice);
            Assert.Equal(damage switch { Damage.Truncated => null, Damage.Doubled => 0, _ => 3 }, result.RowsLost);
            await AssertOneSnapshotOfTheOthersAsync(site);
        }

        await site.AssertSingleWriterAsync();
    }

    [Theory]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_corrupted_partition_of_an_incremental_stream_is_read_again(DatabaseFlavor flavor)
    {
        CorruptedSite corrupted = new(await FailoverSite.ShareAsync(labs, typeof(CorruptionTests), flavor, "incremental", rows: 600));
        await using FailoverSite site = corrupted.Site;
        foreach (Damage damage in Enum.GetValues<Damage>())
        {
            await corrupted.CorruptAsync(damage, corrupted.Partition());
            CorruptionResult result = await RecoverAsync(corrupted, damage, damage == Damage.Doubled ? corrupted.Folder : null);

            await corrupted.AssertAsTheSourceAsync();
            Assert.Equal(0, result.RowsReadTwice);
        }

        // It goes on by its cursor as it always did.
        await corrupted.SellAsync(50);
        await site.SyncAsync(await corrupted.ConnectionAsync());
        Assert.Equal((await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary)).Order(), (await corrupted.IdsAsync()).Distinct().Order());
        await site.AssertSingleWriterAsync();
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql, Damage.Absurd)]
    [InlineData(DatabaseFlavor.MariaDb, Damage.Doubled)]
    public async Task Of_several_partitions_the_one_before_tells_from_where_to_read(DatabaseFlavor flavor, Damage damage)
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, flavor, "incremental", rows: 600));
        await using FailoverSite site = corrupted.Site;
        Guid connection = await corrupted.ConnectionAsync();
        await corrupted.MoveToDayAsync(daysAgo: 2);
        await corrupted.SellAsync(200);
        await site.SyncAsync(connection);
        await corrupted.MoveToDayAsync(daysAgo: 1);
        await corrupted.SellAsync(100);
        await site.SyncAsync(connection);
        IReadOnlyList<string> before = await corrupted.KeysAsync(corrupted.Partition(daysAgo: 2));

        await corrupted.CorruptAsync(damage, corrupted.Partition(daysAgo: 1));
        CorruptionResult result = await RecoverAsync(corrupted, damage, corrupted.Partition(daysAgo: 1));

        // The first partition stays; of the last, every row was read again, so it went to quarantine with the copies.
        Assert.Equal(before, await corrupted.KeysAsync(corrupted.Partition(daysAgo: 2)));
        IReadOnlyList<long> landed = await corrupted.IdsAsync();
        Assert.Equal((await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary)).Order(), landed.Distinct().Order());
        Assert.Equal(landed.Count - landed.Distinct().Count(), result.RowsReadTwice);
        Assert.InRange(result.RowsReadTwice!.Value, 1, 300);
        Assert.InRange(result.RowsReloaded!.Value, 300, 899);
        await site.AssertSingleWriterAsync();
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "lab")]
    [InlineData(DatabaseFlavor.MariaDb, "incremental")]
    public async Task Rows_that_the_source_has_no_more_are_told_to_the_row(DatabaseFlavor flavor, string environment)
    {
        CorruptedSite corrupted = new(await FailoverSite.ShareAsync(labs, typeof(CorruptionTests), flavor, environment, rows: 600));
        await using FailoverSite site = corrupted.Site;
        await site.Lab.Databases.Primary.ExecuteAsync($"DELETE FROM {SalesTables.Daily} ORDER BY idpk LIMIT 17", Cancel, site.Lab.Databases.Primary.Database);
        await site.Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        await corrupted.CorruptAsync(Damage.Doubled, corrupted.Partition());

        CorruptionResult result = await RecoverAsync(corrupted, Damage.Doubled);

        Assert.Equal(17, result.RowsLost);
        await corrupted.AssertAsTheSourceAsync();
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "lab")]
    public async Task Taken_back_by_order_it_leaves_the_objects_and_the_state_as_they_were(DatabaseFlavor flavor, string environment)
    {
        CorruptedSite corrupted = new(await FailoverSite.ShareAsync(labs, typeof(CorruptionTests), flavor, environment, rows: 600));
        await using FailoverSite site = corrupted.Site;
        await corrupted.CorruptAsync(Damage.Truncated, corrupted.Partition());
        IReadOnlyList<string> keys = await corrupted.KeysAsync();
        string state = await corrupted.StateAsync();
        RunbookRun run = await corrupted.RecoverAsync();
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        Assert.NotEqual(keys, await corrupted.KeysAsync());

        FailoverSite.AssertStatus(RunbookStatus.Undone, await corrupted.UndoAsync(run.RunId));

        Assert.Equal(keys, await corrupted.KeysAsync());
        Assert.Equal(state, await corrupted.StateAsync());
        await corrupted.AssertActiveAsync();

        // And once more forward: nothing stands in the way.
        FailoverSite.AssertStatus(RunbookStatus.Completed, await corrupted.RecoverAsync());
        await corrupted.AssertAsTheSourceAsync();
        await site.AssertSingleWriterAsync();
    }

    private static async Task<CorruptionResult> RecoverAsync(CorruptedSite corrupted, Damage damage, string? prefix = null)
    {
        int objects = (await corrupted.KeysAsync(prefix ?? corrupted.Partition())).Count;
        RecoveryPlan plan = await corrupted.PlanAsync(prefix);
        Assert.True(plan.IsExecutable, string.Join('\n', plan.Reload!.Switch.Gates.Concat(plan.Reload.Checks)));
        Assert.Equal((RecoveryStrategy.CorruptedData, objects), (plan.Strategy, (int)plan.Reload!.Objects));
        Assert.Equal(damage == Damage.Truncated ? objects : 0, plan.Reload.UnreadableObjects);

        RunbookRun run = await corrupted.RunAsync(plan);

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        CorruptionResult result = Assert.IsType<CorruptionResult>(run.Result);
        Assert.Equal((true, Verdict.Healthy, objects), (result.IsProven, result.Validation, (int)result.ObjectsQuarantined!));
        Assert.True(result.RtoSeconds > 0);
        Assert.NotEmpty(result.Quarantined);
        Assert.Equal(Verdict.Degraded == RecoveryReport.Of(run).Verdict, result.RowsLost is not 0);
        return result;
    }

    // The sync loads all of the route's streams: none of them is there twice.
    private static async Task AssertOneSnapshotOfTheOthersAsync(FailoverSite site)
    {
        foreach (string stream in (string[])[SalesTables.Products, SalesTables.Invoices])
        {
            IReadOnlyList<long> ids = await new AirbyteStandIn.Lake(site.Lab, StorageBuckets.Primary).IdsAsync($"origin=airbyte/database=bronze_acode/{stream}/", Cancel);
            Assert.NotEmpty(ids);
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }
}
