using System.Security.Cryptography;
using AcodeOps.Adapters.Storage;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Core.Tests.Metrics;
using AcodeOps.Metrics;
using AcodeOps.Metrics.Inventories;

namespace AcodeOps.Adapters.Tests.Storage;

/// <summary>An inventory on a real S3 server, read in ranges. The server writes none itself: the test writes it as AWS documents it.</summary>
public sealed class InventoryOnServerTests(AwsFixture aws)
{
    private const int Objects = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_of_several_ranges_are_counted_to_the_byte()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        // Random names, so that they do not shrink below the length of a range.
        WrittenInventory inventory = new()
        {
            At = now.AddHours(-20),
            Prefix = "",
            Files = [[.. Enumerable.Range(0, Objects).Select(i => WrittenInventory.Line($"bronze/dt%3D2026-11-25/{RandomNumberGenerator.GetHexString(40)}", i))], [WrittenInventory.Line("bronze/last", 1)]],
        };
        foreach ((string key, byte[] content) in inventory.Objects())
        {
            await store.PutAsync(key, content, new PutOptions(), Cancel);
        }

        StorageFigures figures = await new InventoryCensus(store, new StorageDefinition { Role = StorageRole.Primary, Bucket = "lake", Prefix = "bronze/" }, "whole", now).CountAsync(Cancel);

        Assert.True((await store.FindAsync(inventory.Objects().First().Key, Cancel))!.SizeBytes > 1 << 20);
        Assert.Equal((Objects + 1L, (Objects * (Objects - 1L) / 2) + 1), (figures.Objects, figures.Bytes));
    }
}
