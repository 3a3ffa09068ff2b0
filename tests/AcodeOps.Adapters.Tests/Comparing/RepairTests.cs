using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Comparing;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Comparing;

/// <summary>What a comparison finds broken is loaded again, and afterwards nothing differs.</summary>
public sealed class RepairTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Rows_of_an_incremental_stream_that_are_missing_or_wrong_are_loaded_again(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, "incremental", rows: 3_000);
        ComparedSite compared = new(site);
        long[] keys = [.. (await FailoverSite.SourceIdsAsync(compared.Primary)).Order()];
        long last = keys[^1];
        long[] more = [last + 1, last + 2, last + 3];
        await compared.ExecuteAsync($"SET @soon = (SELECT MAX(Data_Processamento) FROM {SalesTables.Daily}) + INTERVAL 1 SECOND;" + string.Concat(more.Select(key => ComparedSite.InsertLike(key, keys[1], $"Data_Processamento = @soon + INTERVAL {key - last} SECOND"))));
        await compared.SyncAsync();
        DataDifference before = await compared.CompareAsync(withValues: true);
        Assert.True(before.Verdict == Verdict.Healthy, $"{before} {string.Join("; ", before.Evidence)}");

        // Nothing to repair: nothing is planned.
        Assert.Null((await PlanAsync(compared)).Plan);

        // The object of the last rows is lost: nothing goes to quarantine, and the cursor goes back just there.
        StoredObject newest = (await compared.Store.ListAsync(compared.Folder(before), cancel: Cancel).ToArrayAsync(Cancel)).MaxBy(stored => stored.ModifiedAt)!;
        using (var storage = site.Lab.OpenStorageAsAdministrator())
        {
            await storage.DeleteObjectAsync(compared.Store.Definition.Bucket, newest.Key, Cancel);
        }

        await site.Installation.Airbyte.SetStatusAsync(await compared.ConnectionAsync(), ConnectionStatus.Active, Cancel);
        (DataDifference found, RecoveryPlan? plan) = await PlanAsync(compared);
        Assert.Equal((2L, 0), (found.Missing, plan!.Reload!.OnlyObjects!.Count));
        RunbookRun run = await RunAsync(site, plan);
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        DataDifference repaired = await compared.CompareAsync(withValues: true);
        ComparedSite.AssertRows(repaired);
        Assert.Equal(Verdict.Healthy, repaired.Verdict);

        // A row with another value, and one that the source has no more: their object goes to quarantine, and its rows come again.
        await compared.ExecuteAsync($"UPDATE {SalesTables.Daily} SET ST = ST + 1 WHERE idpk = {keys[20]}; DELETE FROM {SalesTables.Daily} WHERE idpk = {keys[30]}");
        (DataDifference wrong, RecoveryPlan? reload) = await PlanAsync(compared);
        Assert.Equal((1L, 1L), (wrong.Changed, wrong.Extra));
        Assert.NotEmpty(reload!.Reload!.OnlyObjects!);
        RunbookRun again = await RunAsync(site, reload);
        FailoverSite.AssertStatus(RunbookStatus.Completed, again);
        DataDifference clean = await compared.CompareAsync(withValues: true);
        Assert.True(clean.Verdict == Verdict.Healthy, $"{clean} {string.Join("; ", clean.Rows.Take(5))}");
        await site.AssertSingleWriterAsync();
        await site.AssertActiveAsync(site.Installation.Environment.Routes[0].Name);

        // And taken back: the lake is as it was.
        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(again.RunId, new RunOptions(), progress: null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Undone, undone);
        DataDifference wrongAgain = await compared.CompareAsync(withValues: true);
        Assert.Equal((1L, 1L), (wrongAgain.Changed, wrongAgain.Extra));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_snapshot_with_wrong_rows_is_replaced_whole(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, rows: 2_000);
        ComparedSite compared = new(site);
        await compared.SyncAsync();
        long[] keys = [.. (await FailoverSite.SourceIdsAsync(compared.Primary)).Order()];
        await compared.ExecuteAsync($"UPDATE {SalesTables.Daily} SET ST = ST + 1 WHERE idpk = {keys[20]}; DELETE FROM {SalesTables.Daily} WHERE idpk = {keys[30]}");
        await site.UntilApartAsync(await compared.ConnectionAsync());
        (DataDifference found, RecoveryPlan? plan) = await PlanAsync(compared);
        Assert.Equal((1L, 1L, 0), (found.Changed, found.Extra, plan!.Reload!.OnlyObjects!.Count));

        RunbookRun run = await RunAsync(site, plan);

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        DataDifference repaired = await compared.CompareAsync(withValues: true);
        Assert.True(repaired.Verdict == Verdict.Healthy, $"{repaired} {repaired.ErrorId} {string.Join("; ", repaired.Rows.Take(5))} {string.Join("; ", repaired.Evidence)}");
        await site.AssertSingleWriterAsync();
    }

    private static Task<(DataDifference Found, RecoveryPlan? Plan)> PlanAsync(ComparedSite compared) => new RepairPlanner(compared.Site.Installation).PlanAsync(
        new ComparisonRequest { Tables = [compared.Table], Source = SourceRole.Primary, IncludesValues = true, TimeoutSeconds = 60 }, reason: null, allowUnvalidated: false, progress: null, Cancel);

    private static Task<RunbookRun> RunAsync(FailoverSite site, RecoveryPlan plan) => new RunbookEngine(site.Installation, FailoverSite.Origin)
        .StartAsync(new RecoveryExecution(plan).Runbook(DateTimeOffset.UtcNow)!, new RunOptions(), progress: null, Cancel);
}
