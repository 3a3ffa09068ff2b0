using System.Globalization;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Metrics;
using AcodeOps.Quality;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>Rules of quality on real servers and in a real lake: every planted fault is found, in each rule just the rows that have it, and none is invented.</summary>
public sealed class QualityTests(LabFixture labs)
{
    private const int Each = 7;

    private static readonly (string Rule, string Set)[] Faults =
    [
        ("CNPJ.cnpj", "CNPJ = '12.345.678/0001-00'"),
        ("CNPJ.notNull", "CNPJ = NULL"),
        ("CNPJ_Fornecedor.cnpj", "CNPJ_Fornecedor = '11.111.111/1111-11'"),
        ("EAN.gtin", "EAN = '7891000315508'"),
        ("EAN.notNull", "EAN = ''"),
        ("CFOP.cfop", "CFOP = 4102"),
        ("NCM.ncm", "NCM = 77049099"),
        ("CST.cst", "CST = '960'"),
        ("Val_Prod.range", "Val_Prod = -5"),
        ("ACODE_Val_Total.range", "ACODE_Val_Total = 99999999"),
        ("Qtd_Trib.range", "Qtd_Trib = 5000000"),
        ("Data_Processamento.notFuture", "Data_Processamento = UTC_TIMESTAMP() + INTERVAL 3 DAY"),
        ("Data_Processamento.notBefore", "Data_Processamento = Data - INTERVAL 1 HOUR"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task All_planted_faults_are_found_and_none_is_invented(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, rows: 10_000);
        DatabaseServer primary = site.Lab.Databases.Primary;
        DateOnly day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1);
        await using MySqlConnection admin = await primary.OpenAsync(Cancel, database: primary.Database);

        DataQualityResult clean = await TestAsync(site, day);
        Dictionary<string, HashSet<string>> expected = await NaturalAsync(admin, day);
        AssertFound(expected, clean);

        long[] keys = [.. (await admin.RowsAsync(
            $"SELECT idpk FROM {SalesTables.Daily} WHERE Data = '{day:yyyy-MM-dd}' AND CNPJ IS NOT NULL AND EAN IS NOT NULL AND ACODE_Val_Total IS NOT NULL ORDER BY idpk", Cancel)).Select(row => Convert.ToInt64(row["idpk"], CultureInfo.InvariantCulture))];
        for (int i = 0; i < Faults.Length; i++)
        {
            long[] some = keys[(i * Each)..((i + 1) * Each)];
            await primary.ExecuteAsync($"UPDATE {SalesTables.Daily} SET {Faults[i].Set} WHERE idpk IN ({string.Join(',', some)})", Cancel, primary.Database);
            expected.TryAdd(Faults[i].Rule, []);
            expected[Faults[i].Rule].UnionWith(some.Select(key => key.ToString(CultureInfo.InvariantCulture)));
        }

        await primary.ExecuteAsync($"UPDATE {SalesTables.Daily} SET Data = Data + INTERVAL 9 DAY WHERE idpk IN ({string.Join(',', keys[^3..])})", Cancel, primary.Database);
        await primary.ExecuteAsync($"UPDATE {SalesTables.Daily} SET Data = NULL WHERE idpk IN ({string.Join(',', keys[^5..^3])})", Cancel, primary.Database);

        DataQualityResult planted = await TestAsync(site, day);
        AssertFound(expected, planted);
        Assert.Equal(Verdict.Failed, planted.Verdict);
        Assert.True(planted.Score < clean.Score, $"{planted.Score} after {clean.Score}");
        Assert.Equal(3, Rule(planted, "futureDate").Value);
        Assert.Equal(2, Rule(planted, "undated").Value);
        Assert.Equal(Verdict.Healthy, Rule(planted, "rows").Verdict);
        Assert.NotNull(Rule(planted, "pharmacies").Value);

        // On record, it is a metric.
        await new QualityRecord(site.Installation).WriteAsync(planted, Cancel);
        Metric metric = await MetricRunner.RunAsync(site.Installation, MetricCatalog.Groups, definition => definition.Name == "acode.data_quality_score", TimeSpan.FromMinutes(1), Cancel)
            .SingleAsync(one => one.Tags.Contains($"table:{SalesTables.Daily}"), Cancel);
        Assert.Equal(planted.Score!.Value, metric.Value!.Value, 1e-9);

        // The lake has what was synced: the same, rows without a day, and rows of days that have not come.
        Guid connection = await site.ConnectionAsync(site.Installation.Environment.Routes[0].Connection);
        await site.SyncApartAsync(connection);
        DataQualityResult lake = await TestAsync(site, day, isOfLake: true);
        Assert.Equal((planted.Rows + 5, true), (lake.Rows, lake.IsWhole));
        foreach ((string rule, _) in Faults)
        {
            Assert.Superset(expected[rule], Rule(lake, rule).Keys.ToHashSet());
        }

        Assert.Equal(0, Rule(lake, "idpk.unique").BadRows);
        Assert.Equal(keys[^3..].Select(key => $"{key}"), Rule(lake, "Data.notFuture").Keys.Order(StringComparer.Ordinal));

        // Of a snapshot that landed twice, each row comes again.
        IObjectStore store = site.Installation.Storage(StorageRole.Primary);
        string folder = lake.ReadFrom[(lake.ReadFrom.IndexOf(store.Definition.Bucket, StringComparison.Ordinal) + store.Definition.Bucket.Length + 1)..];
        StoredObject[] newest = await store.ListAsync(folder, cancel: Cancel).ToArrayAsync(Cancel);
        StoredObject snapshot = newest.MaxBy(stored => stored.ModifiedAt)!;
        await store.CopyAsync(store.Definition, snapshot, snapshot.Key.Replace(".parquet", "_again.parquet", StringComparison.Ordinal), Cancel);
        DataQualityResult twice = await TestAsync(site, day, isOfLake: true);
        Assert.Equal((2 * lake.Rows, lake.Rows), (twice.Rows, Rule(twice, "idpk.unique").BadRows!.Value));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Rows_without_a_date_are_counted_along_an_index_or_among_the_newest(DatabaseFlavor flavor)
    {
        DatabasePair pair = await labs.PairAsync(flavor);
        foreach (string index in new[] { "", ", KEY by_data (Data)" })
        {
            string name = index.Length == 0 ? "undated_none" : "undated_indexed";
            await pair.Primary.ExecuteAsync(
                $"CREATE TABLE {name} (idpk BIGINT PRIMARY KEY, Data DATE{index}); INSERT INTO {name} VALUES (1, NULL), (2, '2026-01-01'), (3, NULL), (4, NULL)", Cancel, pair.Primary.Database);
            await using MySqlSource source = SourceUnderTest.Open(pair.Primary);
            TableDefinition table = new() { Name = name, EventDate = "Data" };
            Assert.Equal(3, (await source.CountUndatedAsync(table, 100, Cancel)).Rows);
            Assert.Equal(index.Length == 0 ? 1 : 2, (await source.CountUndatedAsync(table, 1, Cancel)).Rows);
            Assert.Equal(2, (await source.CountUndatedAsync(table, 2, Cancel)).Rows - (index.Length == 0 ? 0 : 1));
            Assert.Equal(index.Length == 0 ? "newest 100 rows by idpk" : "Data by index by_data", (await source.CountUndatedAsync(table, 100, Cancel)).Method);
        }
    }

    private static async Task<DataQualityResult> TestAsync(FailoverSite site, DateOnly day, bool isOfLake = false)
    {
        TableDefinition table = site.Installation.Environment.Tables.Single(one => one.Name == SalesTables.Daily);
        QualityRequest request = new() { Tables = [table], Until = day, Source = SourceRole.Primary, IsOfLake = isOfLake, TimeoutSeconds = 60 };
        return await new QualityTester(site.Installation).TestAsync(request, Cancel).SingleAsync(Cancel);
    }

    // Some values are missing in the generated sales.
    private static async Task<Dictionary<string, HashSet<string>>> NaturalAsync(MySqlConnection admin, DateOnly day)
    {
        Dictionary<string, HashSet<string>> found = [];
        foreach (string column in new[] { "CNPJ", "EAN", "ACODE_Val_Total" })
        {
            found[$"{column}.notNull"] = [.. (await admin.RowsAsync($"SELECT idpk FROM {SalesTables.Daily} WHERE Data = '{day:yyyy-MM-dd}' AND {column} IS NULL", Cancel)).Select(row => RowValues.KeyText(row["idpk"]))];
        }

        return found;
    }

    private static void AssertFound(Dictionary<string, HashSet<string>> expected, DataQualityResult result)
    {
        foreach (QualityRuleResult rule in result.Rules.Where(rule => rule.Column is not null))
        {
            Assert.Equal(
                $"{rule.Column}.{rule.Check}: {string.Join(' ', (expected.GetValueOrDefault($"{rule.Column}.{rule.Check}") ?? []).Order(StringComparer.Ordinal))}",
                $"{rule.Column}.{rule.Check}: {string.Join(' ', rule.Keys.Order(StringComparer.Ordinal))}");
            Assert.Equal(rule.Keys.Count, rule.BadRows);
        }

        Assert.DoesNotContain(expected.Keys, name => !result.Rules.Any(rule => $"{rule.Column}.{rule.Check}" == name));
    }

    private static QualityRuleResult Rule(DataQualityResult result, string rule) => result.Rules.Single(one => one.Rule == $"{result.Table}.{rule}");
}
