using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Recovery.Drill;
using AcodeOps.Runbooks;
using Amazon.S3;

namespace AcodeOps.Adapters.Tests.Drill;

/// <summary>Rehearsals on real servers: green, red and stopped. Whatever comes of one, the world is as it was.</summary>
public sealed class DrillTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "lab", "backup_mysql")]
    [InlineData(DatabaseFlavor.MySql, "incremental", "backup_mysql+backup_s3")]
    [InlineData(DatabaseFlavor.MariaDb, "installed", "backup_mysql+backup_s3")]
    public async Task A_standby_is_rehearsed_and_everything_is_as_it_was(DatabaseFlavor flavor, string environment, string route)
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(DrillTests), flavor, environment);
        IReadOnlyList<string> before = await DrillSite.WorldAsync(site.Installation);

        RunbookRun run = await DrillSite.DrillAsync(site.Installation);

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        DrillResult result = Assert.IsType<DrillResult>(run.Result);
        Assert.Equal((route, true, true, true), (result.Route, result.IsProven, result.IsComplete, result.IsCleanedUp));
        Assert.True(result.RowsLanded >= 2_000, $"{result.RowsLanded} rows");
        Assert.InRange(result.RtoSeconds!.Value, 0, 120);
        Assert.Equal(before, await DrillSite.WorldAsync(site.Installation));
        Assert.Equal(run.RunId, await DrillSite.LastAsync(site.Installation));
        await site.AssertSingleWriterAsync();

        // Its history tells of a connection that is gone, and of one job of it.
        Assert.Contains(site.HistorySinceBegin(), line => $"{line}".Contains("deprecated", StringComparison.Ordinal));

        // Any machine reads the same of it later; a switch is in no way of it, nor it of one.
        Assert.Equal(result, ((DrillResult)(await new JournalReader(site.Installation).FindAsync(run.RunId, Cancel)).Result!) with { Left = result.Left });
        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync(route));
    }

    [Fact]
    public async Task A_replica_that_does_not_follow_makes_it_red_and_is_on_record()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(DrillTests), DatabaseFlavor.MySql);
        IReadOnlyList<string> before = await DrillSite.WorldAsync(site.Installation);
        string? last = await DrillSite.LastAsync(site.Installation);
        await site.FaultAsync("stop-applier");

        RunbookRun red = await DrillSite.DrillAsync(site.Installation);

        Assert.Equal((RunbookStatus.Undone, "ReplicationApplierStopped"), (red.Status, red.ErrorId));
        Assert.Contains("would be refused now", red.Error, StringComparison.Ordinal);
        Assert.Equal((false, true), Shape(red));
        Assert.Equal(last, await DrillSite.LastAsync(site.Installation));
        Assert.Equal(before, await DrillSite.WorldAsync(site.Installation));
        Assert.Equal(RunbookStatus.Undone, (await new JournalReader(site.Installation).FindAsync(red.RunId, Cancel)).Status);
    }

    [Theory]
    [InlineData("job_fail", "SyncFailed")]
    [InlineData("job_zero_rows", "SyncBroughtNothing")]
    public async Task A_sync_that_fails_or_brings_nothing_makes_it_red_and_leaves_nothing(string fault, string errorId)
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(DrillTests), DatabaseFlavor.MySql);
        IReadOnlyList<string> before = await DrillSite.WorldAsync(site.Installation);
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = fault, ["failureType"] = "config_error", ["afterRows"] = 100 });

        RunbookRun red = await DrillSite.DrillAsync(site.Installation);

        Assert.Equal((RunbookStatus.Undone, errorId), (red.Status, red.ErrorId));
        Assert.Equal((false, true), Shape(red));
        Assert.Equal(before, await DrillSite.WorldAsync(site.Installation));
    }

    [Fact]
    public async Task Stopped_in_the_middle_of_its_sync_it_ends_the_sync_and_leaves_nothing()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(DrillTests), DatabaseFlavor.MariaDb);
        IReadOnlyList<string> before = await DrillSite.WorldAsync(site.Installation);
        HashSet<Guid> known = await DrillSite.ConnectionsAsync(site.Installation);
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang" });
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<RunbookRun> running = DrillSite.DrillAsync(site.Installation, cancel: stop.Token);
        while (!site.HistorySinceBegin().Any(line => IsJobOfDrill(line, "running")))
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(50, Cancel);
        }

        await stop.CancelAsync();
        RunbookRun stopped = await running;

        Assert.Equal((RunbookStatus.Undone, "RunStopped"), (stopped.Status, stopped.ErrorId));
        Assert.Equal((false, true), Shape(stopped));
        Assert.Equal(before, await DrillSite.WorldAsync(site.Installation));
        Assert.Contains(site.HistorySinceBegin(), line => IsJobOfDrill(line, "cancelled"));

        bool IsJobOfDrill(JsonNode line, string status) =>
            (string?)line["event"] == "job" && (string?)line["to"] == status && !known.Contains((Guid)line["connectionId"]!);
    }

    [Fact]
    public async Task A_creation_whose_answer_is_lost_makes_one_connection_and_a_deletion_whose_answer_is_lost_is_one()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(DrillTests), DatabaseFlavor.MySql);
        IReadOnlyList<string> before = await DrillSite.WorldAsync(site.Installation);
        HashSet<Guid> known = await DrillSite.ConnectionsAsync(site.Installation);
        foreach (string method in (string[])["POST", "DELETE"])
        {
            await site.AirbyteFaultAsync(new JsonObject
            {
                ["kind"] = "http",
                ["status"] = 504,
                ["method"] = method,
                ["pathPrefix"] = "/api/public/v1/connections",
                ["body"] = "html",
                ["afterTheWork"] = true,
            });
        }

        FailoverSite.AssertStatus(RunbookStatus.Completed, await DrillSite.DrillAsync(site.Installation));
        Assert.Equal(before, await DrillSite.WorldAsync(site.Installation));
        Assert.Single(site.HistorySinceBegin().Where(line => (string?)line["event"] == "connection_status" && (string?)line["to"] == "active" && !known.Contains((Guid)line["connectionId"]!)).Select(line => (Guid)line["connectionId"]!).Distinct());
    }

    [Fact]
    public async Task What_it_may_not_delete_is_named_and_keeps_no_switch_from_being_made_and_is_removed_later()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(DrillTests), DatabaseFlavor.MySql);
        string? last = await DrillSite.LastAsync(site.Installation);
        using AmazonS3Client storage = site.Lab.OpenStorageAsAdministrator();
        await storage.PutBucketPolicyAsync(StorageBuckets.Primary, $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":["s3:DeleteObject","s3:DeleteObjectVersion"],
            "Resource":["arn:aws:s3:::{{StorageBuckets.Primary}}/*/acode_drill_*{{SalesTables.Products}}/*"]}]}
            """, Cancel);

        RunbookRun red = await DrillSite.DrillAsync(site.Installation);

        Assert.Equal((RunbookStatus.Failed, "DrillObjectsLeft", true), (red.Status, red.ErrorId, red.IsUnfinished));
        DrillResult result = Assert.IsType<DrillResult>(red.Result);
        Assert.Equal((true, false), (result.IsProven, result.IsCleanedUp));
        Assert.All(result.Left, key => Assert.Contains(SalesTables.Products, key, StringComparison.Ordinal));
        Assert.Equal(result.Left, await site.PrimaryLake.KeysAsync(result.Location!.Replace($"s3://{StorageBuckets.Primary}/", "", StringComparison.Ordinal), Cancel));
        Assert.Equal(last, await DrillSite.LastAsync(site.Installation));

        RunbookRun switched = await site.SwitchAsync("backup_mysql");
        FailoverSite.AssertStatus(RunbookStatus.Completed, switched);
        Assert.Contains(switched.Warnings, warning => warning.Contains($"Undo-AcodeRunbook {red.RunId}", StringComparison.Ordinal));

        await storage.DeleteBucketPolicyAsync(StorageBuckets.Primary, Cancel);
        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(red.RunId, new RunOptions(), progress: null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Undone, undone);
        Assert.True(Assert.IsType<DrillResult>(undone.Result).IsCleanedUp);
        Assert.DoesNotContain(await DrillSite.WorldAsync(site.Installation), line => line.Contains("acode_drill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_refused_where_it_could_be_in_the_way_and_for_a_route_that_writes()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(DrillTests), DatabaseFlavor.MySql);
        Assert.Equal("RouteActive", await RefusalAsync(site, "primary"));
        Assert.Equal("RouteNotFound", await RefusalAsync(site, "elsewhere"));

        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang" });
        Guid standby = await site.ConnectionAsync(site.Installation.Environment.Routes[1].Connection);
        await site.Installation.Airbyte.SetStatusAsync(standby, ConnectionStatus.Active, Cancel);
        Sync sync = await site.Installation.Airbyte.StartSyncAsync(standby, Cancel);
        await site.Installation.Airbyte.SetStatusAsync(standby, ConnectionStatus.Inactive, Cancel);
        Assert.Equal("StandbyIsWriting", await RefusalAsync(site, "backup_mysql"));
        await site.Installation.Airbyte.CancelSyncAsync(sync.JobId, Cancel);
    }

    private static async Task<string> RefusalAsync(FailoverSite site, string to) =>
        (await Assert.ThrowsAsync<AcodeException>(() => new DrillPlanner(site.Installation).PlanAsync(to, Cancel))).Id;

    private static (bool IsProven, bool IsCleanedUp) Shape(RunbookRun run) => Assert.IsType<DrillResult>(run.Result) is var result ? (result.IsProven, result.IsCleanedUp) : default;
}
