using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Corruption;

/// <summary>Recoveries of corrupted data on a site that misbehaves: what cannot be done well is refused, or taken back whole.</summary>
public sealed class CorruptionFaultTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "lab")]
    [InlineData(DatabaseFlavor.MariaDb, "incremental")]
    public async Task Another_side_that_differs_stops_it_and_takes_everything_back(DatabaseFlavor flavor, string environment)
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, flavor, environment, rows: 300));
        await using FailoverSite site = corrupted.Site;
        await corrupted.CorruptAsync(Damage.Truncated, corrupted.Partition());
        IReadOnlyList<string> keys = await corrupted.KeysAsync();
        string state = await corrupted.StateAsync();
        RecoveryPlan plan = await corrupted.PlanAsync();
        Assert.True(plan.IsExecutable);

        // Between the plan and the run the replica loses a row.
        await corrupted.DeleteOnReplicaAsync("idpk = 5");
        RunbookRun run = await corrupted.RunAsync(plan);

        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("OtherSideDiffers", run.ErrorId);
        Assert.Equal(RunbookStepStatus.Undone, run.Steps.Single(s => s.Name == "quarantine_corrupted").Status);
        Assert.Equal(keys, await corrupted.KeysAsync());
        Assert.Equal(state, await corrupted.StateAsync());
        await corrupted.AssertActiveAsync();
        await site.AssertSingleWriterAsync();

        // Planned now, it is refused before anything is touched.
        RecoveryPlan refused = await corrupted.PlanAsync(allowUnvalidated: true);
        Assert.False(refused.IsExecutable);
        AcodeException refusal = await Assert.ThrowsAsync<AcodeException>(() => corrupted.RunAsync(refused));
        Assert.Equal("OtherSideDiffers", refusal.Id);
        Assert.Equal(keys, await corrupted.KeysAsync());
    }

    [Fact]
    public async Task Another_side_that_cannot_be_asked_stops_it_unless_that_was_consented_to()
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, "incremental", rows: 300));
        await using FailoverSite site = corrupted.Site;
        await corrupted.CorruptAsync(Damage.Doubled, corrupted.Partition());
        IReadOnlyList<string> keys = await corrupted.KeysAsync();
        RecoveryPlan plan = await corrupted.PlanAsync();
        await site.FaultAsync("kill", "replica");

        RunbookRun stopped = await corrupted.RunAsync(plan);

        FailoverSite.AssertStatus(RunbookStatus.Undone, stopped);
        Assert.Equal("OtherSideUnknown", stopped.ErrorId);
        Assert.Equal(keys, await corrupted.KeysAsync());
        RecoveryPlan unknown = await corrupted.PlanAsync();
        Assert.False(unknown.IsExecutable);
        Assert.Contains(unknown.Reload!.Checks, check => check is { Verdict: Verdict.Unknown, IsPassed: false, ErrorId: "OtherSideUnknown" });

        RunbookRun run = await corrupted.RunAsync(await corrupted.PlanAsync(allowUnvalidated: true));

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        CorruptionResult result = Assert.IsType<CorruptionResult>(run.Result);
        Assert.Equal((true, Verdict.Unknown), (result.IsProven, result.Validation));
        Assert.Equal(Verdict.Degraded, RecoveryReport.Of(run).Verdict);
        await corrupted.AssertAsTheSourceAsync();
    }

    [Fact]
    public async Task What_another_route_landed_twice_does_not_stand_against_it()
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, "lab", rows: 300));
        await using FailoverSite site = corrupted.Site;
        await corrupted.LandTwiceElsewhereAsync();
        await corrupted.CorruptAsync(Damage.Truncated, corrupted.Partition());

        RecoveryPlan plan = await corrupted.PlanAsync();

        FailoverGate landed = plan.Reload!.Checks.Single(check => check.Name == "other routes' data");
        Assert.Equal(Verdict.Healthy, landed.Verdict);
        Assert.Contains("600 rows", landed.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_that_brings_nothing_or_fails_leaves_the_lake_as_it_was()
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 300));
        await using FailoverSite site = corrupted.Site;
        await corrupted.CorruptAsync(Damage.Absurd, corrupted.Partition());
        IReadOnlyList<string> keys = await corrupted.KeysAsync();
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_zero_rows" });

        RunbookRun nothing = await corrupted.RecoverAsync();

        FailoverSite.AssertStatus(RunbookStatus.Undone, nothing);
        Assert.Equal(keys, await corrupted.KeysAsync());
        await site.ClearAirbyteFaultsAsync();
        await site.AirbyteSettingsAsync(new JsonObject { ["partRows"] = 50 });
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_fail", ["afterRows"] = 200, ["failureType"] = "config_error" });

        RunbookRun failed = await corrupted.RecoverAsync();

        FailoverSite.AssertStatus(RunbookStatus.Undone, failed);
        Assert.Equal("SyncFailed", failed.ErrorId);
        Assert.Equal(keys, await corrupted.KeysAsync());
        await corrupted.AssertActiveAsync();
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task A_sync_that_runs_while_it_begins_is_ended_first()
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, DatabaseFlavor.MariaDb, rows: 300));
        await using FailoverSite site = corrupted.Site;
        Guid connection = await corrupted.ConnectionAsync();
        await corrupted.CorruptAsync(Damage.Truncated, corrupted.Partition());
        await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = connection });
        Sync hanging = await site.Installation.Airbyte.StartSyncAsync(connection, Cancel);

        RunbookRun run = await corrupted.RecoverAsync();

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        Assert.Equal(SyncStatus.Cancelled, (await site.Installation.Airbyte.ReadSyncAsync(hanging.JobId, Cancel))!.Status);
        await corrupted.AssertAsTheSourceAsync();
        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task What_is_no_single_partition_of_the_writing_route_is_refused()
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, DatabaseFlavor.MySql, rows: 300));
        await using FailoverSite site = corrupted.Site;
        foreach ((string prefix, string id) in new[]
        {
            ("/", "CorruptedPrefixTooWide"), ("farmarcas_si", "CorruptedPrefixTooWide"), ("somewhere/else/", "CorruptedPrefixOfNoRoute"),
            (corrupted.Partition(daysAgo: 9), "CorruptedObjectsNotFound"),
        })
        {
            Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(() => corrupted.PlanAsync(prefix))).Id);
        }

        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync("backup_s3"));
        Assert.Equal("CorruptedRouteInactive", (await Assert.ThrowsAsync<AcodeException>(() => corrupted.PlanAsync())).Id);
    }
}
