using System.Diagnostics;
using System.Globalization;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Lab;

public sealed class SalesTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Sales_are_loaded_reach_the_replica_and_go_on(DatabaseFlavor flavor)
    {
        await using OwnPair own = await lab.NewPairAsync(flavor);
        DatabasePair pair = own.Pair;
        SalesGenerator sales = new(new SalesOptions(100_000, 30, 1, DateTimeOffset.UtcNow));
        long began = Stopwatch.GetTimestamp();
        await new SalesLoader(pair.Primary, sales).LoadAsync(Cancel);
        TimeSpan loaded = Stopwatch.GetElapsedTime(began);
        await pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(60), Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine($"{flavor}: 100,000 rows loaded in {loaded.TotalSeconds:0.0} s, replicated after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");

        foreach ((string table, int rows) in new[] { (SalesTables.Daily, 100_000), (SalesTables.Products, 1_000), (SalesTables.Invoices, 60_000) })
        {
            string fingerprint = $"COUNT(*), '/', SUM(idpk), '/', MAX({(table == SalesTables.Products ? "EAN" : "Data_Processamento")})";
            string primary = Convert.ToString(await pair.Primary.ScalarAsync($"SELECT CONCAT({fingerprint}) FROM acode_farmarcas.{table}", Cancel), CultureInfo.InvariantCulture)!;
            Assert.StartsWith($"{rows}/", primary, StringComparison.Ordinal);
            Assert.Equal(primary, await pair.Replica.ScalarAsync($"SELECT CONCAT({fingerprint}) FROM acode_farmarcas_replica.{table}", Cancel));
            Assert.Equal("PRIMARY", await pair.Primary.ScalarAsync(
                $"SELECT GROUP_CONCAT(DISTINCT INDEX_NAME) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = 'acode_farmarcas' AND TABLE_NAME = '{table}'", Cancel));
        }

        Assert.Equal(0L, await pair.Primary.ScalarAsync(
            $"SELECT COUNT(*) FROM acode_farmarcas.{SalesTables.Daily} d LEFT JOIN (SELECT DISTINCT EAN FROM acode_farmarcas.{SalesTables.Products}) p USING (EAN) WHERE d.EAN IS NOT NULL AND p.EAN IS NULL", Cancel));

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        SalesWriter writer = new(pair.Primary, sales);
        Task writing = writer.RunAsync(200, stop.Token);
        while (writer.WrittenRows < 50 && !writing.IsCompleted)
        {
            await Task.Delay(20, Cancel);
        }

        await stop.CancelAsync();
        await writing;
        await pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(100_000 + writer.WrittenRows, await pair.Replica.ScalarAsync($"SELECT COUNT(*) FROM acode_farmarcas_replica.{SalesTables.Daily}", Cancel));
    }
}
