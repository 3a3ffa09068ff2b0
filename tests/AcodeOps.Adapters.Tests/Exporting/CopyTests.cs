using AcodeOps.Adapters.Lake;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Exporting;
using AcodeOps.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Exporting;

/// <summary>The copy on real servers: every row once, also when the process is killed in the middle.</summary>
public sealed class CopyTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task The_last_days_of_every_table_are_in_the_storage_with_a_manifest(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await OpenAsync(flavor);
        ExportPlan plan = await new ExportPlanner(site.Installation).PlanAsync(new ExportRequest { Days = 3, TimeoutSeconds = 60 }, Cancel);
        RunbookRun run = await new RunbookEngine(site.Installation, FailoverSite.Origin).StartAsync(new ExportRunbook(plan), new RunOptions(), null, Cancel);

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        ExportManifest manifest = await AssertEveryRowOnceAsync(site, run.RunId, days: 3);
        Assert.Equal((SourceRole.Backup, true), (manifest.Source, manifest.Complete));
        ManifestTable daily = manifest.Tables.Single(table => table.Name == SalesTables.Daily);
        Assert.Contains(daily.Columns, column => column is { Name: "Val_Prod", SourceType: "decimal(15,4)", Kind: RowColumnKind.FixedPoint, Precision: 15, Scale: 4 });
        Assert.Equal(daily.Objects.Select(o => o.ProcessedAt!.Greatest).Max(StringComparer.Ordinal), manifest.Watermark);
        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(run.RunId, new RunOptions(), null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Undone, undone);
        Assert.Empty(await ListAsync(site, run.RunId));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Killed_at_a_write_into_its_journal_it_goes_on_in_another_process_and_each_row_is_there_once(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await OpenAsync(flavor);
        int resumed = 0;
        int stride = Thoroughness.IsFull ? 1 : 11;
        for (int write = 1; ; write += stride)
        {
            // In short, before one write and after the next.
            foreach (bool before in Thoroughness.IsFull ? (bool[])[true, false] : [write / stride % 2 == 0])
            {
                if (await CopyProcess.RunAsync(site.Lab, write, before, Cancel) is { } alive)
                {
                    Assert.Equal("Completed", alive);
                    Assert.InRange(resumed, Thoroughness.IsFull ? 60 : 4, 400);
                    return;
                }

                RunReading[] unfinished = await new JournalReader(site.Installation).ReadAsync(1, unfinishedOnly: true, Cancel).ToArrayAsync(Cancel);
                if (unfinished.Length == 0)
                {
                    continue;
                }

                RunbookRun run = await new RunbookEngine(site.Installation, FailoverSite.Origin)
                    .ResumeAsync(Assert.Single(unfinished).Run!.RunId, new RunOptions(), null, Cancel);
                TestContext.Current.SendDiagnosticMessage($"{flavor}: killed {(before ? "before" : "after")} write {write}, {run}");
                FailoverSite.AssertStatus(RunbookStatus.Completed, run);
                await AssertEveryRowOnceAsync(site, run.RunId, days: 2);
                resumed++;
            }
        }
    }

    private async Task<FailoverSite> OpenAsync(DatabaseFlavor flavor) => FailoverSite.Open(LabSite.Attach((await labs.SiteAsync(flavor)).Folder), "lab");

    private static async Task<ExportManifest> AssertEveryRowOnceAsync(FailoverSite site, string runId, int days)
    {
        foreach (string table in SalesTables.All)
        {
            await using MySqlConnection admin = await site.Lab.Databases.Replica.OpenAsync(Cancel, database: site.Lab.Databases.Replica.Database);
            string which = table == SalesTables.Daily ? $" WHERE Data >= UTC_DATE() - INTERVAL {days} DAY AND Data <= UTC_DATE()" : "";
            string[] expected = [.. (await admin.RowsAsync($"SELECT idpk FROM {table}{which}", Cancel)).Select(row => RowValues.KeyText(row["idpk"])).Order(StringComparer.Ordinal)];
            Assert.NotEmpty(expected);
            Assert.Equal(expected, (await KeysAsync(site, runId, table)).Order(StringComparer.Ordinal));
        }

        StoredObject[] objects = await ListAsync(site, runId);
        IObjectStore store = site.Installation.Storage(StorageRole.Emergency);
        string manifestKey = objects.Single(o => o.Key.EndsWith("manifest.json", StringComparison.Ordinal)).Key;
        ExportManifest manifest = ExportManifest.Parse((await store.GetAsync(manifestKey, Cancel))!.Content.Span);
        Assert.Equal(
            objects.Where(o => o.Key != manifestKey).Select(o => $"{o.Key} {o.SizeBytes} {o.ETag}").Order(StringComparer.Ordinal),
            manifest.Tables.SelectMany(table => table.Objects).Select(o => $"{o.Key} {o.Bytes} {o.ETag}").Order(StringComparer.Ordinal));
        return manifest;
    }

    internal static async Task<List<string>> KeysAsync(FailoverSite site, string runId, string table)
    {
        IObjectStore store = site.Installation.Storage(StorageRole.Emergency);
        List<string> keys = [];
        foreach (StoredObject stored in (await ListAsync(site, runId)).Where(o => o.Key.Contains($"/{table}/", StringComparison.Ordinal)))
        {
            await foreach (LakeRow row in new ParquetLakeReader().ReadRowsAsync(store, stored, "idpk", null, Cancel))
            {
                keys.Add(row.Key);
            }
        }

        return keys;
    }

    private static async Task<StoredObject[]> ListAsync(FailoverSite site, string runId) =>
        await site.Installation.Storage(StorageRole.Emergency).ListAsync("acode/acode_export/", cancel: Cancel).Where(o => o.Key.Contains(runId, StringComparison.Ordinal)).ToArrayAsync(Cancel);
}
