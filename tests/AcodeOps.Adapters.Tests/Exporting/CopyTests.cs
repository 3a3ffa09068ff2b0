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

/// <summary>The copy on real servers: every row once, also when the process is killed in the middle; and memory that stays flat.</summary>
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

    [Theory]
    [InlineData(DatabaseFlavor.MySql, true)]
    public async Task Two_hundred_thousand_rows_are_copied_with_flat_memory(DatabaseFlavor flavor, bool indexed)
    {
        const int rows = 200_000;
        await using FailoverSite site = await OpenAsync(flavor);
        string name = indexed ? "wide_indexed" : "wide";
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        DatabaseServer server = site.Lab.Databases.Primary;
        await server.ExecuteAsync(
            $"""
            CREATE TABLE {name}_digits (d INT PRIMARY KEY);
            INSERT INTO {name}_digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
            CREATE TABLE {name} (idpk BIGINT PRIMARY KEY, Data DATE, Data_Processamento DATETIME(6), v DECIMAL(15,4), note VARCHAR(255){(indexed ? ", KEY by_data (Data)" : "")});
            INSERT INTO {name} SELECT n + 1, '{today:yyyy-MM-dd}' - INTERVAL 3 DAY + INTERVAL n DIV {rows / 4} DAY, '2026-01-01' + INTERVAL n SECOND, n / 7, REPEAT(CHAR(97 + n % 26), 200) FROM
                (SELECT a.d + 10*b.d + 100*c.d + 1000*d.d + 10000*e.d + 100000*f.d AS n FROM {name}_digits a, {name}_digits b, {name}_digits c, {name}_digits d, {name}_digits e, {name}_digits f WHERE f.d < {rows / 100_000}) x;
            """,
            Cancel, server.Database);
        TableDefinition table = new() { Name = name, EventDate = "Data", ProcessedAt = "Data_Processamento" };
        ExportPlan plan = await new ExportPlanner(site.Installation).PlanAsync(new ExportRequest { Days = 5, Tables = [table], Source = SourceRole.Primary, TimeoutSeconds = 60 }, Cancel);
        Assert.Equal(indexed ? RowOrder.EventDate : RowOrder.Key, plan.Tables[0].Order);
        MeasuredInstallation measured = new(site.Installation);

        RunbookRun run = await new RunbookEngine(measured, FailoverSite.Origin).StartAsync(new ExportRunbook(plan with { ObjectRows = 5_000 }), new RunOptions(), null, Cancel);

        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        ExportResult result = Assert.IsType<ExportResult>(run.Result);
        Assert.Equal((rows, 40), (result.Rows, result.Objects));
        List<string> copied = await KeysAsync(site, run.RunId, name);
        Assert.Equal(rows, copied.Distinct().Count());
        Assert.Equal(rows, copied.Count);
        // The rows take some 120 MB in memory: what the first half of them took is enough for the second. The pools of the
        // driver and of Parquet.Net fill in the first. Other tests run meanwhile in this process, and take some too.
        Assert.Equal(40, measured.Seen.Count);
        long growth = measured.Seen.Skip(20).Max() - measured.Seen.Take(20).Max();
        Assert.True(growth < 32 << 20, $"{growth >> 20} MB more: {string.Join(' ', measured.Seen.Select(bytes => bytes >> 20))}");
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

    private static async Task<List<string>> KeysAsync(FailoverSite site, string runId, string table)
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
