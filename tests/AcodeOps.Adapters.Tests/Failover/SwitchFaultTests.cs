using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Routing;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>Switches on a site whose servers misbehave: refused where they would lose data, made where they need not mind.</summary>
public sealed class SwitchFaultTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_replica_that_is_broken_or_late_is_refused_until_it_has_caught_up(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, rows: 500);

        await site.FaultAsync("duplicate-key");
        await AssertRefusedAsync(site, "ReplicationApplierFailed", new FailoverRequest());
        await AssertRefusedAsync(site, "ReplicationApplierFailed", new FailoverRequest { AllowDataLoss = true });
        await site.ClearAsync();

        await site.FaultAsync("stop-applier");
        await AssertRefusedAsync(site, "ReplicationApplierStopped", new FailoverRequest { AllowDataLoss = true });
        await site.ClearAsync();

        // The replica has received what it will apply in half a minute; the primary dies before.
        await site.FaultAsync("delay", "30");
        SalesRow row = await SalesRow.AddAsync(site);
        await site.FaultAsync("kill", "primary");
        await AssertRefusedAsync(site, "ReplicaUnapplied", new FailoverRequest());
        FailoverPlan consented = await site.PlanAsync("backup_mysql", new FailoverRequest { AllowDataLoss = true });
        Assert.True(consented.IsAllowed, string.Join('\n', consented.Gates));

        while (!(await site.PlanAsync("backup_mysql")).IsAllowed)
        {
            await Task.Delay(500, Cancel);
        }

        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync("backup_mysql"));
        Assert.Contains(row.Id, await site.PrimaryLake.IdsAsync($"origin=airbyte/database=bronze_acode/{SalesTables.Daily}/", Cancel));
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task A_replica_that_lags_is_passed_over_only_by_consent_to_the_loss()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchFaultTests), DatabaseFlavor.MySql, rows: 500);
        AcodeEnvironment strict = site.Installation.Environment with { Objectives = site.Installation.Environment.Objectives with { LagSeconds = 1 } };
        await using Installation installation = new(strict, session: null, TimeProvider.System);
        FailoverPlanner planner = new(installation);
        FailoverRequest request = new() { Candidates = ["backup_mysql"], TimeoutSeconds = 20 };
        await site.FaultAsync("delay", "30");
        await SalesRow.AddAsync(site);

        FailoverPlan refused = await planner.PlanAsync(request, Cancel);
        while (refused.IsAllowed)
        {
            // Its lag grows with the row that it has not applied.
            await Task.Delay(250, Cancel);
            refused = await planner.PlanAsync(request, Cancel);
        }

        Assert.Equal("ReplicaBehind", Assert.Single(refused.Gates, g => !g.IsPassed).ErrorId);
        FailoverPlan consented = await planner.PlanAsync(request with { AllowDataLoss = true }, Cancel);
        Assert.True(consented.IsAllowed);
        Assert.Equal(1, consented.Streams.Single(s => s.Stream == SalesTables.Daily).RowsAtRisk);
    }

    [Fact]
    public async Task A_primary_that_swallows_every_packet_does_not_hold_up_the_switch()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchFaultTests), DatabaseFlavor.MySql, rows: 500);
        await site.FaultAsync("black-hole", "primary", "deaf");

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        await site.AssertActiveAsync("backup_mysql");
    }

    [Fact]
    public async Task A_lake_that_is_gone_is_left_for_the_other_one()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        await site.FaultAsync("drop-bucket", "primary");

        RunbookRun run = await site.SwitchAsync("backup_s3");

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        await site.AssertActiveAsync("backup_s3");
        Assert.Equal(
            await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary),
            (await site.BackupLake.IdsAsync($"origin=airbyte/database=bronze_acode/{SalesTables.Daily}/", Cancel)).ToHashSet());
    }

    private static async Task AssertRefusedAsync(FailoverSite site, string id, FailoverRequest request)
    {
        FailoverPlan plan = await site.PlanAsync("backup_mysql", request);
        for (int look = 0; plan.IsAllowed && look < 40; look++)
        {
            // A fault takes a moment to show.
            await Task.Delay(250, Cancel);
            plan = await site.PlanAsync("backup_mysql", request);
        }

        Assert.Contains(plan.Gates, g => !g.IsPassed && g.ErrorId == id);
    }

    /// <summary>A sale that the primary has just got.</summary>
    private sealed record SalesRow(long Id)
    {
        public static async Task<SalesRow> AddAsync(FailoverSite site)
        {
            HashSet<long> before = await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary);
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            SalesWriter writer = new(site.Lab.Databases.Primary, site.Lab.Sales);
            Task selling = writer.RunAsync(1, stop.Token);
            while (writer.WrittenRows == 0)
            {
                await Task.Delay(20, Cancel);
            }

            await stop.CancelAsync();
            await selling;
            return new SalesRow((await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary)).Except(before).Max());
        }
    }
}
