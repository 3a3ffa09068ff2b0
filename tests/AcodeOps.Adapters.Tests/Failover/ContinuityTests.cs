using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>Sales are written all the time, the primary is killed, and later it comes back: no sale is lost, and what is read twice is told exactly.</summary>
public sealed class ContinuityTests(LabFixture labs)
{
    private const int RowsPerSecond = 500;
    private const string LakePath = "origin=airbyte/database=bronze_acode/";
    private const string BackupLakePath = "origin=backup/database=bronze_acode_backup/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task By_cursor_no_sale_is_lost_and_those_read_twice_are_counted(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, "incremental");
        Guid primary = await site.ConnectionAsync(site.Installation.Environment.Routes[0].Connection);
        await using (Selling selling = new(site))
        {
            await selling.UntilAsync(2 * RowsPerSecond);
            await site.SyncAsync(primary);
            await selling.UntilAsync(3 * RowsPerSecond);
            await site.FaultAsync("kill", "primary");
        }

        await AssertSwitchedAsync(site, "backup_mysql+backup_s3");

        await site.ClearAsync();
        await site.Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        await using (Selling selling = new(site))
        {
            await selling.UntilAsync(RowsPerSecond);
        }

        await AssertSwitchedAsync(site, "primary");

        await site.AssertSingleWriterAsync();
        Assert.Equal((await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary)).Order(), (await LandedAsync(site)).Distinct().Order());
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task By_snapshots_the_days_partition_holds_one_whole_one_and_the_half_written_is_in_quarantine(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor);
        Guid primary = await site.ConnectionAsync(site.Installation.Environment.Routes[0].Connection);
        IReadOnlyList<string> before = await site.PrimaryLake.KeysAsync(LakePath, Cancel);
        await site.AirbyteSettingsAsync(new JsonObject { ["partRows"] = 500 });
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = primary, ["afterRows"] = 1_800 });
        await using (Selling selling = new(site))
        {
            await selling.UntilAsync(RowsPerSecond);
            await site.Installation.Airbyte.StartSyncAsync(primary, Cancel);
            while ((await site.PrimaryLake.KeysAsync(LakePath, Cancel)).Count < before.Count + 3)
            {
                await Task.Delay(50, Cancel);
            }

            await site.FaultAsync("kill", "primary");
        }

        IReadOnlyList<string> partial = [.. (await site.PrimaryLake.KeysAsync(LakePath, Cancel)).Except(before)];
        RunbookRun there = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Completed, there);
        IReadOnlyList<string> left = await site.PrimaryLake.KeysAsync(LakePath, Cancel);
        Assert.Empty(left.Intersect(partial));
        IReadOnlyList<string> quarantined = await new AirbyteStandIn.Lake(site.Lab, StorageBuckets.Quarantine).KeysAsync("acode/", Cancel);
        Assert.All(partial, key => Assert.Contains(quarantined, q => q.EndsWith(key, StringComparison.Ordinal)));
        await AssertOneSnapshotAsync(site, site.Lab.Databases.Replica);

        await site.ClearAsync();
        await site.Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync("primary"));
        await AssertOneSnapshotAsync(site, site.Lab.Databases.Primary);
        await site.AssertSingleWriterAsync();
    }

    // What the run says of its rows is what the lake shows to somebody who counts for himself.
    private static async Task AssertSwitchedAsync(FailoverSite site, string to)
    {
        IReadOnlyList<long> before = await LandedAsync(site);
        RunbookRun run = await site.SwitchAsync(to);

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        FailoverResult result = Assert.IsType<FailoverResult>(run.Result);
        IReadOnlyList<long> after = await LandedAsync(site);
        Assert.Equal(after.Count - before.Count, result.RowsLanded);
        HashSet<long> known = [.. before];
        Assert.Equal(result.RowsLanded - (after.Distinct().Count() - known.Count), result.RowsReadTwice);
        Assert.True(result.IsProven);
    }

    private static async Task<IReadOnlyList<long>> LandedAsync(FailoverSite site) =>
        [.. await site.PrimaryLake.IdsAsync($"{LakePath}incremental_", Cancel), .. await site.BackupLake.IdsAsync($"{BackupLakePath}backup_incremental_", Cancel)];

    private static async Task AssertOneSnapshotAsync(FailoverSite site, DatabaseServer source) => Assert.Equal(
        (await FailoverSite.SourceIdsAsync(source)).Order(), (await site.PrimaryLake.IdsAsync($"{LakePath}{SalesTables.Daily}/", Cancel)).Order());

    /// <summary>Sales that go on until it is disposed of, or the primary dies.</summary>
    private sealed class Selling : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        private readonly SalesWriter _writer;
        private readonly Task _selling;

        public Selling(FailoverSite site)
        {
            _writer = new SalesWriter(site.Lab.Databases.Primary, site.Lab.Sales);
            _selling = _writer.RunAsync(RowsPerSecond, _stop.Token);
        }

        public async Task UntilAsync(long rows)
        {
            while (_writer.WrittenRows < rows)
            {
                Assert.False(_selling.IsCompleted, _selling.Exception?.Message);
                await Task.Delay(20, Cancel);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();

            // A primary that was killed ends it by an error: that is no failure here.
            await _selling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
