using AcodeOps.Core.Tests.Data;
using AcodeOps.Metrics;
using AcodeOps.Metrics.Groups;
using AcodeOps.Metrics.Inventories;

namespace AcodeOps.Core.Tests.Metrics;

/// <summary>Size and number of objects by S3's own inventory: which one, what counts in it, and what is never believed.</summary>
public sealed class InventoryCensusTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly StorageDefinition Lake = new() { Role = StorageRole.Primary, Bucket = "lake", Prefix = "bronze/" };
    private static readonly WrittenInventory Usual = new()
    {
        At = Now.AddHours(-11),
        Files =
        [
            [WrittenInventory.Line("bronze/a.parquet", 100), WrittenInventory.Line("bronze/dt%3D2026-11-25/b+c%2Bd%22.parquet", 20), WrittenInventory.Line("elsewhere/x", 7_000)],
            [WrittenInventory.Line("bronze/e", 3), "lake,bronze/unquoted,4,2026-11-20T01:02:03.000Z,"],
        ],
    };

    private readonly MemoryBuckets _buckets = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_whole_inventory_is_counted_below_the_prefix_and_its_age_is_told()
    {
        Put(Usual with { At = Now.AddDays(-1), Files = [[WrittenInventory.Line("bronze/old", 1)]] });
        Put(Usual);
        // Under way: its manifest comes last.
        _buckets.Set("inventory", $"{(Usual with { At = Now.AddHours(-1) }).Folder}unfinished", "");
        _buckets.Set("inventory", "daily/lake/whole/hive/dt=2026-11-26-01-00/symlink.txt", "");

        StorageFigures figures = await CountAsync();

        Assert.Equal((4, 127, null), (figures.Objects, figures.Bytes, figures.NewestAt));
        Assert.Contains("2026-11-26 01:00Z, 11 h old", figures.Evidence[0], StringComparison.Ordinal);
        Assert.Equal("s3://inventory/daily/lake/whole/2026-11-26T01-00Z/manifest.json", figures.Evidence[1]);
    }

    [Fact]
    public async Task Old_versions_and_delete_markers_do_not_count()
    {
        Put(Usual with
        {
            Fields = "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size",
            Files = [["\"lake\",\"bronze/a\",\"v2\",\"true\",\"false\",\"5\"", "\"lake\",\"bronze/a\",\"v1\",\"false\",\"false\",\"9\"", "\"lake\",\"bronze/b\",\"v3\",\"true\",\"true\",\"\""]],
        });

        StorageFigures figures = await CountAsync();

        Assert.Equal((1, 5), (figures.Objects, figures.Bytes));
    }

    [Theory]
    [InlineData("none", "InventoryNotFound")]
    [InlineData("stale", "InventoryStale")]
    [InlineData("other bucket", "InventoryNotUnderstood")]
    [InlineData("parquet", "InventoryNotUnderstood")]
    [InlineData("no size", "InventoryNotUnderstood")]
    [InlineData("short line", "InventoryNotUnderstood")]
    [InlineData("open quote", "InventoryNotUnderstood")]
    [InlineData("no number", "InventoryNotUnderstood")]
    [InlineData("no manifest", "InventoryNotUnderstood")]
    [InlineData("manifest altered", "InventoryDamaged")]
    [InlineData("file altered", "InventoryDamaged")]
    [InlineData("file cut", "InventoryDamaged")]
    [InlineData("file longer", "InventoryDamaged")]
    [InlineData("file away", "InventoryDamaged")]
    public async Task What_is_not_a_whole_and_young_inventory_of_this_bucket_is_never_believed(string fault, string id)
    {
        switch (fault)
        {
            case "none":
                break;
            case "stale":
                Put(Usual with { At = Now.AddDays(-10) });
                break;
            case "other bucket":
                Put(Usual with { Bucket = "other" }, place: Usual.Folder);
                break;
            case "parquet":
                Put(Usual with { Format = "Parquet" });
                break;
            case "no size":
                Put(Usual with { Fields = "Bucket, Key, LastModifiedDate, ETag, StorageClass" });
                break;
            case "short line":
                Put(Usual with { Files = [["\"lake\",\"bronze/a\""]] });
                break;
            case "open quote":
                Put(Usual with { Files = [["\"lake\",\"bronze/a"]] });
                break;
            case "no number":
                Put(Usual with { Files = [[WrittenInventory.Line("bronze/a", 1).Replace("\"1\"", "\"-1\"", StringComparison.Ordinal)]] });
                break;
            case "no manifest":
                _buckets.Set("inventory", $"{Usual.Folder}manifest.json", "{}");
                _buckets.Set("inventory", $"{Usual.Folder}manifest.checksum", WrittenInventory.Md5("{}"u8.ToArray()));
                break;
            case "manifest altered":
                Put(Usual);
                _buckets.Set("inventory", $"{Usual.Folder}manifest.json", _buckets.Text("inventory", $"{Usual.Folder}manifest.json")! + " ");
                break;
            case "file altered":
                Alter(content => content[^1] ^= 1);
                break;
            case "file cut":
                Alter(content => content.RemoveRange(content.Count / 2, content.Count - (content.Count / 2)));
                break;
            case "file longer":
                Alter(content => content.AddRange(new byte[100]));
                break;
            case "file away":
                Put(Usual);
                await Store().DeleteAsync(Usual.Objects().First().Key, Cancel);
                break;
        }

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(CountAsync);
        Assert.Equal(id, refused.Id);
        Assert.False(string.IsNullOrEmpty(refused.Advice));
    }

    [Fact]
    public async Task With_an_inventory_the_storage_is_not_listed_and_its_newest_object_is_not_known()
    {
        Put(Usual);
        TestInstallation installation = new()
        {
            Clock = new ManualClock(Now),
            Environment = TestInstallation.Definition with { Storages = [Lake with { Inventory = new InventoryDefinition("inventory", "daily/", "whole") }] },
            Inventories = { [StorageRole.Primary] = Store() },
        };
        List<Metric> metrics = [];
        await foreach (Metric metric in MetricRunner.RunAsync(installation, [new StorageMetrics()], _ => true, TimeSpan.FromSeconds(20), Cancel))
        {
            metrics.Add(metric);
        }

        Assert.Equal((127, 4), (metrics.Single(metric => metric.Name == "acode.s3_total_size_bytes").Value, metrics.Single(metric => metric.Name == "acode.s3_file_count").Value));
    }

    private IObjectStore Store() => _buckets.Store(StorageRole.Primary, "inventory", "daily/");

    private Task<StorageFigures> CountAsync() => new InventoryCensus(Store(), Lake, "whole", Now).CountAsync(Cancel);

    private void Put(WrittenInventory inventory, string? place = null)
    {
        foreach ((string key, byte[] content) in inventory.Objects())
        {
            _buckets.Set("inventory", place is null ? key : key.Replace(inventory.Folder, place, StringComparison.Ordinal), content);
        }
    }

    private void Alter(Action<List<byte>> alter)
    {
        Put(Usual);
        (string key, byte[] content) = Usual.Objects().First();
        List<byte> altered = [.. content];
        alter(altered);
        _buckets.Set("inventory", key, [.. altered]);
    }
}
