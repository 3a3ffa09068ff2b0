using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>Switches whose syncs misbehave: taken back where nothing came of them, and never a second writer.</summary>
public sealed class SwitchSyncFaultTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sync_that_reports_success_with_nothing_takes_the_switch_back()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchSyncFaultTests), DatabaseFlavor.MySql, rows: 1_000);
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_zero_rows" });

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("SyncBroughtNothing", run.ErrorId);
        await site.AssertActiveAsync("primary");
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
        IReadOnlyList<string> after = await site.PrimaryLake.KeysAsync("", Cancel);
        Assert.True(before.SequenceEqual(after), $"before:\n{string.Join('\n', before)}\nafter:\n{string.Join('\n', after)}\n{string.Join('\n', run.Steps.Select(s => $"{s} {s.StartedAt:O} {string.Join("; ", s.Evidence)}"))}");
        await site.AssertActiveAsync("primary");
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task A_snapshot_that_another_route_landed_by_hand_is_no_half_of_the_stopped_sync_before_it()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchSyncFaultTests), DatabaseFlavor.MySql, rows: 1_000);
        IAirbyteServer airbyte = site.Installation.Airbyte;
        (Guid primary, Guid backup) = (await site.ConnectionAsync("connection_mysql_s3_acode"), await site.ConnectionAsync("connection_mysql_s3_acode_backup_mysql"));
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = primary, ["afterRows"] = 100 });
        Sync stopped = await airbyte.StartSyncAsync(primary, Cancel);
        await site.UntilFaultStrikesAsync();
        await airbyte.CancelSyncAsync(stopped.JobId, Cancel);
        await site.ClearAirbyteFaultsAsync();
        await airbyte.SetStatusAsync(primary, ConnectionStatus.Inactive, Cancel);
        await airbyte.SetStatusAsync(backup, ConnectionStatus.Active, Cancel);
        await site.SyncApartAsync(primary, backup);
        await airbyte.SetStatusAsync(backup, ConnectionStatus.Inactive, Cancel);
        await airbyte.SetStatusAsync(primary, ConnectionStatus.Active, Cancel);
        IReadOnlyList<string> whole = await site.PrimaryLake.KeysAsync("", Cancel);
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_fail", ["connectionId"] = backup, ["afterRows"] = 100, ["failureType"] = "config_error" });

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("SyncFailed", run.ErrorId);
        Assert.Equal(whole, await site.PrimaryLake.KeysAsync("", Cancel));
    }

    [Fact]
    public async Task A_running_sync_is_cancelled_or_waited_for_as_asked()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchSyncFaultTests), DatabaseFlavor.MySql, rows: 1_000);
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
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchSyncFaultTests), DatabaseFlavor.MySql, rows: 1_000);
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
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 1_000);
        RunbookRun run = await site.SwitchAsync("backup_mysql");
        await site.SyncAsync(await site.ConnectionAsync("connection_mysql_s3_acode_backup_mysql"));

        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);

        Assert.Equal("UndoTooLate", undone.ErrorId);
        await site.AssertActiveAsync("backup_mysql");
    }

    [Fact]
    public async Task A_switch_that_is_taken_back_leaves_the_snapshot_of_before_in_the_lake_however_old_it_is()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MariaDb, rows: 500);
        StoredObject[] snapshot = await ObjectsAsync(site);
        Assert.NotEmpty(snapshot);

        // Storages tell times to the second, and what is two seconds older than a sync may be the sync's: nothing but time puts two snapshots apart.
        TimeSpan apart = snapshot.Max(stored => stored.ModifiedAt) + TimeSpan.FromSeconds(4) - DateTimeOffset.UtcNow;
        await Task.Delay(apart > TimeSpan.Zero ? apart : TimeSpan.Zero, Cancel);

        // Ten minutes later, as the switch sees it: what lies there is not of the last minutes any more.
        await using Installation later = new(site.Installation.Environment, session: null, new ClockAhead(TimeSpan.FromMinutes(10)));
        FailoverPlan plan = await new FailoverPlanner(later).PlanAsync(new FailoverRequest { Candidates = ["backup_mysql"], TimeoutSeconds = 20 }, Cancel);
        RunbookEngine engine = new(later, FailoverSite.Origin);
        RunbookRun run = await engine.StartAsync(new FailoverRunbook(plan), new RunOptions(), progress: null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        string[] before = [.. snapshot.Select(stored => stored.Key)];
        Assert.NotEqual(before, (await ObjectsAsync(site)).Select(stored => stored.Key));

        RunbookRun undone = await engine.UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Undone, undone);

        string[] after = [.. (await ObjectsAsync(site)).Select(stored => stored.Key)];
        Assert.True(before.AsEnumerable().SequenceEqual(after), string.Join('\n', undone.Steps.SelectMany(step => step.Evidence)));
        await site.AssertActiveAsync("primary");
    }

    private static async Task<StoredObject[]> ObjectsAsync(FailoverSite site) =>
        [.. (await site.Installation.Storage(StorageRole.Primary).ListAsync("origin=", cancel: Cancel).ToListAsync(Cancel)).OrderBy(stored => stored.Key, StringComparer.Ordinal)];

    [Fact]
    public async Task A_job_that_is_deaf_to_its_cancellation_keeps_the_second_writer_off()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 500);
        Guid primary = await site.ConnectionAsync("connection_mysql_s3_acode");
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = primary, ["ignoreCancel"] = true });
        await site.Installation.Airbyte.StartSyncAsync(primary, Cancel);
        await site.UntilFaultStrikesAsync();

        RunbookRun run = await site.SwitchAsync("backup_mysql");

        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("SyncStillRunning", run.ErrorId);
        await site.AssertActiveAsync("primary");
        await site.AssertSingleWriterAsync();
    }

    // Each call once: refused before its work, and its answer lost after it.
}
