using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Exporting;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Exporting;

/// <summary>The memory that a copy takes, measured while no other test takes any.</summary>
[Collection(Alone.Name)]
public sealed class CopyMemoryTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql, true)]
    public async Task Two_hundred_thousand_rows_are_copied_with_flat_memory(DatabaseFlavor flavor, bool indexed)
    {
        const int rows = 200_000;
        await using FailoverSite site = FailoverSite.Open(LabSite.Attach((await labs.SiteAsync(flavor)).Folder), "lab");
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
        List<string> copied = await CopyTests.KeysAsync(site, run.RunId, name);
        Assert.Equal(rows, copied.Distinct().Count());
        Assert.Equal(rows, copied.Count);
        // The rows take some 120 MB in memory: what the first half of them took is enough for the second. The pools of the
        // driver and of Parquet.Net fill in the first.
        Assert.Equal(40, measured.Seen.Count);
        long growth = measured.Seen.Skip(20).Max() - measured.Seen.Take(20).Max();
        Assert.True(growth < 16 << 20, $"{growth >> 20} MB more: {string.Join(' ', measured.Seen.Select(bytes => bytes >> 20))}");
    }
}
