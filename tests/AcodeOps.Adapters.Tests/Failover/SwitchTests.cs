using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>Switches as they should go, there and back, on real servers.</summary>
public sealed class SwitchTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string DailyPath => $"origin=airbyte/database=bronze_acode/{SalesTables.Daily}/";

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task With_the_primary_dead_the_replica_feeds_the_lake_and_the_way_back_is_the_same_command(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor);
        await site.FaultAsync("kill", "primary");

        RunbookRun there = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Completed, there);
        FailoverResult result = Assert.IsType<FailoverResult>(there.Result);
        Assert.True(result.IsProven);
        Assert.Equal("s3://farmarcas-production-bronze/origin=airbyte/database=bronze_acode", result.Location);
        Assert.NotNull(result.FirstRowAt);
        await AssertOneSnapshotAsync(site);

        await site.ClearAsync();
        RunbookRun back = await site.SwitchAsync("primary");

        FailoverSite.AssertStatus(RunbookStatus.Completed, back);
        await AssertOneSnapshotAsync(site);
        await site.AssertSingleWriterAsync();
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Incremental_streams_read_on_from_where_the_other_route_stopped(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, "incremental");
        HashSet<long> all = await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary);

        RunbookRun there = await site.SwitchAsync("backup_mysql+backup_s3");

        FailoverSite.AssertStatus(RunbookStatus.Completed, there);
        FailoverResult result = Assert.IsType<FailoverResult>(there.Result);
        IReadOnlyList<long> before = await site.PrimaryLake.IdsAsync("origin=airbyte/database=bronze_acode/incremental_", Cancel);
        IReadOnlyList<long> landed = await site.BackupLake.IdsAsync("origin=backup/database=bronze_acode_backup/backup_incremental_", Cancel);
        Assert.Equal(all, before.Concat(landed).ToHashSet());
        Assert.InRange(landed.Count, 1, all.Count / 2);
        Assert.Equal(landed.Count, result.RowsLanded);
        Assert.Equal(landed.Intersect(before).Count(), result.RowsReadTwice);

        RunbookRun back = await site.SwitchAsync("primary");

        FailoverSite.AssertStatus(RunbookStatus.Completed, back);
        await site.AssertSingleWriterAsync();
    }

    // Every sale once: neither half a snapshot, nor two.
    private static async Task AssertOneSnapshotAsync(FailoverSite site)
    {
        IReadOnlyList<long> landed = await site.PrimaryLake.IdsAsync(DailyPath, Cancel);
        Assert.Equal((await FailoverSite.SourceIdsAsync(site.Lab.Databases.Replica)).Order(), landed.Order());
    }
}
