using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>Switches on a site that misbehaves: refused where they would lose data, made where they need not mind, taken back where they cannot be made.</summary>
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
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
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
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        await site.FaultAsync("black-hole", "primary", "deaf");

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        await AssertActiveAsync(site, "backup_mysql");
    }

    [Fact]
    public async Task A_lake_that_is_gone_is_left_for_the_other_one()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        await site.FaultAsync("drop-bucket", "primary");

        RunbookRun run = await site.SwitchAsync("backup_s3");

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        await AssertActiveAsync(site, "backup_s3");
        Assert.Equal(
            await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary),
            (await site.BackupLake.IdsAsync($"origin=airbyte/database=bronze_acode/{SalesTables.Daily}/", Cancel)).ToHashSet());
    }

    [Fact]
    public async Task A_sync_that_reports_success_with_nothing_takes_the_switch_back()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_zero_rows" });

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("SyncBroughtNothing", run.ErrorId);
        await AssertActiveAsync(site, "primary");
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task A_sync_that_fails_half_way_takes_the_switch_back_and_what_it_wrote_out_of_the_lake()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 1_000);
        IReadOnlyList<string> before = await site.PrimaryLake.KeysAsync("", Cancel);
        await site.AirbyteSettingsAsync(new JsonObject { ["partRows"] = 200 });
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_fail", ["afterRows"] = 700, ["failureType"] = "config_error" });

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("SyncFailed", run.ErrorId);
        Assert.Equal(before, await site.PrimaryLake.KeysAsync("", Cancel));
        await AssertActiveAsync(site, "primary");
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task A_running_sync_is_cancelled_or_waited_for_as_asked()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        Guid primary = await site.ConnectionAsync("connection_mysql_s3_acode");
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_slow", ["connectionId"] = primary, ["rowsPerSecond"] = 300 });
        Sync sync = await site.Installation.Airbyte.StartSyncAsync(primary, Cancel);

        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync("backup_mysql", new FailoverRequest { RunningSyncs = RunningSyncPolicy.Wait }));

        Assert.Equal(SyncStatus.Succeeded, (await site.Installation.Airbyte.ReadSyncAsync(sync.JobId, Cancel))!.Status);
        Guid backup = await site.ConnectionAsync("connection_mysql_s3_acode_backup_mysql");
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = backup });
        sync = await site.Installation.Airbyte.StartSyncAsync(backup, Cancel);

        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync("primary"));

        Assert.Equal(SyncStatus.Cancelled, (await site.Installation.Airbyte.ReadSyncAsync(sync.JobId, Cancel))!.Status);
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task A_sync_that_an_orchestrator_starts_after_the_plan_is_found_and_ended()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        Guid primary = await site.ConnectionAsync("connection_mysql_s3_acode");
        FailoverPlan plan = await site.PlanAsync("backup_mysql");
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = primary, ["afterRows"] = 100 });
        Sync sync = await site.Installation.Airbyte.StartSyncAsync(primary, Cancel);

        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RunAsync(plan));

        Assert.Equal(SyncStatus.Cancelled, (await site.Installation.Airbyte.ReadSyncAsync(sync.JobId, Cancel))!.Status);
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task A_switch_that_later_syncs_stand_on_is_not_taken_back()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        RunbookRun run = await site.SwitchAsync("backup_mysql");
        await site.SyncAsync(await site.ConnectionAsync("connection_mysql_s3_acode_backup_mysql"));

        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);

        Assert.Equal("UndoTooLate", undone.ErrorId);
        await AssertActiveAsync(site, "backup_mysql");
    }

    [Fact]
    public async Task A_job_that_is_deaf_to_its_cancellation_keeps_the_second_writer_off()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        Guid primary = await site.ConnectionAsync("connection_mysql_s3_acode");
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = primary, ["ignoreCancel"] = true });
        await site.Installation.Airbyte.StartSyncAsync(primary, Cancel);
        while (!site.History().Any(l => (string?)l["event"] == "fault" && (string?)l["what"] == "struck"))
        {
            await Task.Delay(20, Cancel);
        }

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("SyncStillRunning", run.ErrorId);
        await AssertActiveAsync(site, "primary");
        await site.AssertSingleWriterAsync();
    }

    // Each call once: refused before its work, and its answer lost after it.
    [Theory]
    [InlineData("lab")]
    [InlineData("incremental")]
    public async Task An_airbyte_that_faults_once_at_any_call_does_not_stop_a_switch(string environment)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, environment, rows: 300);
        (string Method, string Path)[] calls =
        [
            ("GET", "/api/public/v1/connections"), ("PATCH", "/api/public/v1/connections"), ("GET", "/api/public/v1/jobs"), ("POST", "/api/public/v1/jobs"),
            ("GET", "/api/public/v1/sources"), ("GET", "/api/public/v1/destinations"), ("POST", "/api/v1/state/get"), ("POST", "/api/v1/state/create_or_update_safe"),
        ];
        int target = 1;
        foreach ((string method, string path) in calls)
        {
            foreach (bool afterTheWork in (bool[])[false, true])
            {
                FailoverPlan plan = await site.PlanAsync(site.Installation.Environment.Routes[target].Name);
                await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "http", ["method"] = method, ["pathPrefix"] = path, ["status"] = 503, ["afterTheWork"] = afterTheWork });

                FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RunAsync(plan));

                target = 1 - target;
                await site.ClearAirbyteFaultsAsync();
            }
        }

        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task Tokens_that_die_in_the_middle_are_renewed()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, "incremental", rows: 300);
        await site.AirbyteSettingsAsync(new JsonObject { ["tokenLifeSeconds"] = 0.3 });

        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync("backup_mysql+backup_s3"));
        await site.AssertSingleWriterAsync();
    }

    // S3 is away for a time that begins at any moment of the switch: it is done, or taken back, or left resumable; never two writers.
    [Fact]
    public async Task An_s3_that_faults_in_the_middle_never_leaves_two_writers_or_a_loss()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 300);
        string active = "primary";
        for (int moment = 0; moment < 12; moment++)
        {
            string to = active == "primary" ? "backup_mysql" : "primary";
            FailoverPlan plan = await site.PlanAsync(to);
            Task<RunbookRun> running = site.RunAsync(plan);
            await Task.Delay(TimeSpan.FromMilliseconds(150 * moment), Cancel);
            await site.FaultAsync("storage-error", "503");
            await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
            await site.ClearAsync("storage-error");
            RunbookRun run = await SettleAsync(site, running);

            active = run.Status == RunbookStatus.Completed ? to : active;
            await AssertActiveAsync(site, active);
            await site.AssertSingleWriterAsync();
        }
    }

    private static async Task<RunbookRun> SettleAsync(FailoverSite site, Task<RunbookRun> running)
    {
        RunbookRun run;
        try
        {
            run = await running;
        }
        catch (AcodeException refused)
        {
            // Before anything was begun: the lease could not be had.
            Assert.Equal("LeaseStoreUnavailable", refused.Id);
            return new RunbookRun { RunId = "", Runbook = "failover", Title = "", Environment = "", Status = RunbookStatus.Undone, StartedAt = default };
        }

        return run.IsUnfinished ? await new RunbookEngine(site.Installation, FailoverSite.Origin).ResumeAsync(run.RunId, new RunOptions(), progress: null, Cancel) : run;
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

    private static async Task AssertActiveAsync(FailoverSite site, string route)
    {
        List<string> active = [];
        foreach (RouteDefinition definition in site.Installation.Environment.Routes)
        {
            Connection? connection = await site.Installation.Airbyte.ReadConnectionAsync(await site.ConnectionAsync(definition.Connection), Cancel);
            if (connection!.Status == ConnectionStatus.Active)
            {
                active.Add(definition.Name);
            }
        }

        Assert.Equal([route], active);
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
