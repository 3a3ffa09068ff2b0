using System.Globalization;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>Five million sales on a lab's primary, and differences planted among them.</summary>
internal sealed class ComparisonSales(LabSite lab)
{
    public const int Base = 50_000;
    public const int Rows = 5_000_000;
    public const int Differences = 20;

    private const int Gaps = 5;
    private readonly DatabaseServer _primary = lab.Databases.Primary;

    /// <summary>What was planted: the kind and the key.</summary>
    public List<string> Planted { get; } = [];

    /// <summary>Makes five million of the lab's sales, with amounts of their own. The replica is spared them.</summary>
    public async Task MultiplyAsync(CancellationToken cancel)
    {
        string[] columns = [.. (await ColumnsAsync(cancel)).Where(column => column is not ("idpk" or "ACODE_Val_Total"))];
        string list = string.Join(", ", columns);
        for (int i = 1; i < Rows / Base; i++)
        {
            await _primary.ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"SET SESSION sql_log_bin=0; INSERT INTO {SalesTables.Daily} (idpk, ACODE_Val_Total, {list}) SELECT idpk + {(long)i * Base}, ACODE_Val_Total + {i}, {list} FROM {SalesTables.Daily} WHERE idpk <= {Base}"),
                cancel, _primary.Database);
        }

        // Other programs know of no snapshots: there is one.
        using AmazonS3Client storage = lab.OpenStorageAsAdministrator();
        await storage.EmptyBucketAsync(StorageBuckets.Primary, cancel);

        // Gaps, in which rows can be missing later; as many rows more at the end.
        await _primary.ExecuteAsync(
            string.Create(CultureInfo.InvariantCulture, $"SET SESSION sql_log_bin=0; UPDATE {SalesTables.Daily} SET idpk = idpk + {Rows} WHERE idpk IN ({string.Join(',', GapKeys())})"), cancel, _primary.Database);
    }

    /// <summary>Plants as many differences of each kind.</summary>
    /// <param name="lake">Where the lake has them.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task PlantAsync(string lake, CancellationToken cancel)
    {
        string like = $"SELECT * FROM {SalesTables.Daily} WHERE idpk = 12";
        foreach (long key in GapKeys())
        {
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"CREATE TEMPORARY TABLE made AS {like}; UPDATE made SET idpk = {key}; INSERT INTO {SalesTables.Daily} SELECT * FROM made; DROP TEMPORARY TABLE made"), cancel);
            Plant("Missing", key);
        }

        string[] changes = ["ST = COALESCE(ST, 0) + 0.0001", "Fornecedor = 'São João'", "CST = IF(CST = '999', NULL, '999')", "Data = COALESCE(Data, UTC_DATE()) - INTERVAL 1 DAY", "NF_Numero = COALESCE(NF_Numero, 0) + 1"];
        for (int i = 0; i < changes.Length; i++)
        {
            (long deleted, long changed) = (777_001 + (i * 800_000L), 555_001 + (i * 850_000L));
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {SalesTables.Daily} WHERE idpk = {deleted}; UPDATE {SalesTables.Daily} SET {changes[i]} WHERE idpk = {changed}"), cancel);
            Plant("Extra", deleted);
            Plant("Changed", changed);
        }

        await DoubleAsync(lake, cancel);
    }

    private static IEnumerable<long> GapKeys() => Enumerable.Range(0, Gaps).Select(i => 333_333L + (i * 900_000L));

    // A sync of five rows alone makes an object of its own, which is put beside the others.
    private async Task DoubleAsync(string lake, CancellationToken cancel)
    {
        using AmazonS3Client storage = lab.OpenStorageAsAdministrator();
        string prefix = lake[(lake.IndexOf(StorageBuckets.Primary, StringComparison.Ordinal) + StorageBuckets.Primary.Length + 1)..];
        ListObjectsV2Response listed = await storage.ListObjectsV2Async(new ListObjectsV2Request { BucketName = StorageBuckets.Primary, Prefix = prefix }, cancel);
        S3Object newest = listed.S3Objects.MaxBy(stored => stored.LastModified)!;
        string file = Path.Combine(lab.Folder, "doubled.parquet"), own = Path.Combine(lab.Folder, "newest.parquet");
        using (GetObjectResponse answer = await storage.GetObjectAsync(StorageBuckets.Primary, newest.Key, cancel))
        {
            await answer.WriteResponseStreamToFileAsync(own, append: false, cancel);
        }

        long[] keys = [.. (await DuckDbComparison.AskAsync($"SELECT idpk FROM read_parquet('{own}') ORDER BY idpk LIMIT {Gaps} OFFSET 1000", cancel)).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        await DuckDbComparison.AskAsync($"COPY (SELECT * FROM read_parquet('{own}') WHERE idpk IN ({string.Join(',', keys)})) TO '{file}' (FORMAT parquet)", cancel);
        await storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Primary, Key = newest.Key.Replace(".parquet", "_again.parquet", StringComparison.Ordinal), FilePath = file }, cancel);
        foreach (long key in keys)
        {
            Plant("Duplicated", key);
        }
    }

    private void Plant(string kind, long key) => Planted.Add(string.Create(CultureInfo.InvariantCulture, $"{kind} {key}"));

    private Task ExecuteAsync(string sql, CancellationToken cancel) => _primary.ExecuteAsync("SET SESSION sql_log_bin=0; " + sql, cancel, _primary.Database);

    private async Task<string[]> ColumnsAsync(CancellationToken cancel) => $"{await _primary.ScalarAsync(
        $"SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '{_primary.Database}' AND TABLE_NAME = '{SalesTables.Daily}'", cancel)}".Split(',');
}
