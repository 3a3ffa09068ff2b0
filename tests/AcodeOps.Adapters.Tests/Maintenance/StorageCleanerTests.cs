using System.Text.Json.Nodes;
using AcodeOps.Access;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Environments;
using AcodeOps.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Maintenance;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Maintenance;

/// <summary>Old objects that are nobody's are deleted, and nothing else ever is.</summary>
public sealed class StorageCleanerTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_is_old_goes_and_only_below_the_prefix()
    {
        LabSite site = await labs.SiteAsync(DatabaseFlavor.MySql);
        string folder = $"temp-{Guid.NewGuid():N}/";
        await using Installation today = Open(site, TimeSpan.Zero);
        IObjectStore lake = today.Storage(StorageRole.Primary);
        string[] keys = [.. new[] { "a", "b/c", "d" }.Select(name => lake.Definition.Prefix + folder + name)];
        foreach (string key in keys)
        {
            await lake.PutAsync(key, "left over"u8.ToArray(), new PutOptions(), Cancel);
        }

        string beside = lake.Definition.Prefix + folder.TrimEnd('/') + "-beside";
        await lake.PutAsync(beside, "another's"u8.ToArray(), new PutOptions(), Cancel);

        // Today nothing of it is old.
        (StorageClearing young, IReadOnlyList<StoredObject> none) = await new StorageCleaner(today).FindAsync(StorageRole.Primary, folder, TimeSpan.FromDays(1), Cancel);
        Assert.Equal((0, 3, 0), (young.Objects, young.Younger, none.Count));

        await using Installation later = Open(site, TimeSpan.FromDays(3));
        StorageCleaner cleaner = new(later);
        (StorageClearing planned, IReadOnlyList<StoredObject> old) = await cleaner.FindAsync(StorageRole.Primary, folder, TimeSpan.FromDays(2), Cancel);
        Assert.Equal((3, 27L, StorageClearingStatus.Planned), (planned.Objects, planned.Bytes, planned.Status));

        // One is written anew after it was listed, one is gone by itself.
        await lake.PutAsync(keys[0], "needed after all"u8.ToArray(), new PutOptions(), Cancel);
        await lake.DeleteAsync(keys[1], Cancel);
        StorageClearing done = await cleaner.DeleteAsync(planned, old, null, Cancel);
        Assert.Equal((1, StorageClearingStatus.Completed), (done.Deleted, done.Status));
        Assert.Equal([keys[0]], done.Left);
        Assert.Equal([keys[0]], (await lake.ListAsync(lake.Definition.Prefix + folder, cancel: Cancel).ToArrayAsync(Cancel)).Select(stored => stored.Key));
        Assert.NotNull(await lake.FindAsync(beside, Cancel));

        // Later that is old too; and then there is nothing left to do.
        await using Installation muchLater = Open(site, TimeSpan.FromDays(6));
        foreach (int expected in new[] { 1, 0 })
        {
            (StorageClearing again, IReadOnlyList<StoredObject> rest) = await new StorageCleaner(muchLater).FindAsync(StorageRole.Primary, folder, TimeSpan.FromDays(2), Cancel);
            Assert.Equal(expected, (await new StorageCleaner(muchLater).DeleteAsync(again, rest, null, Cancel)).Deleted);
        }
    }

    [Theory]
    [InlineData(StorageRole.Primary, SalesTables.Daily + "/", 2, "ClearingOfLake")]
    [InlineData(StorageRole.Primary, SalesTables.Daily + "/cog_dt_ingestion=2026-01-01/", 2, "ClearingOfLake")]
    [InlineData(StorageRole.Primary, "farmarcas", 2, "ClearingOfLake")]
    [InlineData(StorageRole.Primary, "", 2, "ClearingTooWide")]
    [InlineData(StorageRole.Primary, "/", 2, "ClearingTooWide")]
    [InlineData(StorageRole.Quarantine, "acode_quality/", 2, "ClearingTooWide")]
    [InlineData(StorageRole.Quarantine, "ac", 2, "ClearingTooWide")]
    [InlineData(StorageRole.Primary, "temp/", 0, "ClearingTooYoung")]
    [InlineData(StorageRole.Backup, "temp/", 2, "ClearingOfKeptStorage")]
    [InlineData(StorageRole.Audit, "temp/", 2, "ClearingOfKeptStorage")]
    [InlineData(StorageRole.Emergency, "temp/", 2, "ClearingOfKeptStorage")]
    public async Task What_is_somebodys_is_refused(StorageRole role, string prefix, int days, string error)
    {
        await using Installation installation = Open(await labs.SiteAsync(DatabaseFlavor.MySql), TimeSpan.Zero);
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => new StorageCleaner(installation).FindAsync(role, prefix, TimeSpan.FromDays(days), Cancel));
        Assert.Equal((error, FailureClass.Refused), (refused.Id, refused.Cause));
    }

    [Fact]
    public async Task While_a_sync_runs_nothing_is_deleted_and_without_Airbyte_neither()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 300);
        await using Installation later = Open(site.Lab, TimeSpan.FromDays(3));
        IObjectStore lake = later.Storage(StorageRole.Primary);
        string key = lake.Definition.Prefix + "temp/one";
        await lake.PutAsync(key, "left over"u8.ToArray(), new PutOptions(), Cancel);
        StorageCleaner cleaner = new(later);
        (StorageClearing planned, IReadOnlyList<StoredObject> objects) = await cleaner.FindAsync(StorageRole.Primary, "temp/", TimeSpan.FromDays(2), Cancel);
        Assert.Equal(1, planned.Objects);

        // It begins between the list and the deletion.
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang" });
        Sync running = await site.Installation.Airbyte.StartSyncAsync(await site.ConnectionAsync(site.Installation.Environment.Routes[0].Connection), Cancel);
        Assert.Equal("SyncRunning", (await Assert.ThrowsAsync<AcodeException>(() => cleaner.DeleteAsync(planned, objects, null, Cancel))).Id);
        Assert.Equal("SyncRunning", (await Assert.ThrowsAsync<AcodeException>(() => cleaner.FindAsync(StorageRole.Primary, "temp/", TimeSpan.FromDays(2), Cancel))).Id);
        Assert.NotNull(await lake.FindAsync(key, Cancel));
        await site.ClearAirbyteFaultsAsync();
        await site.Installation.Airbyte.CancelSyncAsync(running.JobId, Cancel);

        await AssertMaintenanceWaitsAndClearsOnceAsync(site, key);
        await lake.PutAsync(key, "left over"u8.ToArray(), new PutOptions(), Cancel);
        await site.FaultAsync("kill", "airbyte");
        AcodeException unknown = await Assert.ThrowsAsync<AcodeException>(() => cleaner.FindAsync(StorageRole.Primary, "temp/", TimeSpan.FromDays(2), Cancel));
        Assert.NotEqual("ClearingOfLake", unknown.Id);
        Assert.NotNull(await lake.FindAsync(key, Cancel));
    }

    // The weekly one: what the lab's environment names is cleared when the sync that runs has ended; and another time there is nothing to do.
    private static async Task AssertMaintenanceWaitsAndClearsOnceAsync(FailoverSite site, string key)
    {
        await using Installation later = Open(site.Lab, TimeSpan.FromDays(10));
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang" });
        Sync running = await site.Installation.Airbyte.StartSyncAsync(await site.ConnectionAsync(site.Installation.Environment.Routes[0].Connection), Cancel);
        MaintenanceRequest request = new()
        {
            Skip = [.. Enum.GetValues<MaintenanceTask>().Where(task => task != MaintenanceTask.CleanUp)],
            Needs = new Dictionary<string, IReadOnlyList<Need>>(),
        };
        MaintenancePlan plan = await new MaintenancePlanner(later).PlanAsync(request, Cancel);
        Assert.Contains("temp/ is not known yet", Assert.Single(plan.Notes), StringComparison.Ordinal);

        TaskCompletionSource waits = new();
        Task<RunbookRun> first = new RunbookEngine(later, FailoverSite.Origin).StartAsync(new MaintenanceRunbook(plan), new RunOptions(), new Told(waits), Cancel);
        await waits.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.NotNull(await later.Storage(StorageRole.Primary).FindAsync(key, Cancel));
        await site.ClearAirbyteFaultsAsync();
        await site.Installation.Airbyte.CancelSyncAsync(running.JobId, Cancel);
        Assert.Equal(1, Cleared(await first));
        Assert.Null(await later.Storage(StorageRole.Primary).FindAsync(key, Cancel));

        plan = await new MaintenancePlanner(later).PlanAsync(request, Cancel);
        Assert.Equal((0, 0), (Assert.Single(plan.Clearings).Objects, plan.Notes.Count));
        Assert.Equal(0, Cleared(await new RunbookEngine(later, FailoverSite.Origin).StartAsync(new MaintenanceRunbook(plan), new RunOptions(), null, Cancel)));

        static double Cleared(RunbookRun run)
        {
            FailoverSite.AssertStatus(RunbookStatus.Completed, run);
            return Assert.IsType<MaintenanceResult>(run.Result).Outcomes.Single().Figures.Single(figure => figure.Name == "Objects cleared").Value;
        }
    }

    private sealed class Told(TaskCompletionSource waits) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Text.StartsWith("Waiting", StringComparison.Ordinal))
            {
                waits.TrySetResult();
            }
        }
    }

    private static Installation Open(LabSite lab, TimeSpan ahead) =>
        new(EnvironmentFileReader.Read(new AdapterDoor().Documents, Path.Combine(lab.Folder, LabEnvironmentFile.FileName)).Choose("lab"), session: null, new ClockAhead(ahead));
}
