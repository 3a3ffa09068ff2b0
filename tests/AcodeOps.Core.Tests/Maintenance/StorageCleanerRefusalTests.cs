using AcodeOps.Core.Tests.Data;
using AcodeOps.Maintenance;

namespace AcodeOps.Core.Tests.Maintenance;

/// <summary>A bucket that several storages share is cleared of nothing that is another one's. No server is asked for it.</summary>
public sealed class StorageCleanerRefusalTests
{
    [Theory]
    [InlineData("trail/")]
    [InlineData("trail/2026/")]
    [InlineData("tr")]
    [InlineData("keep/copy/")]
    public async Task What_lies_below_another_storages_prefix_is_refused(string prefix)
    {
        StorageDefinition lake = new() { Role = StorageRole.Primary, Bucket = "shared" };
        TestInstallation installation = new()
        {
            Environment = TestInstallation.Definition with
            {
                Storages = [lake, new() { Role = StorageRole.Audit, Bucket = "shared", Prefix = "trail/" }, new() { Role = StorageRole.Backup, Bucket = "shared", Prefix = "keep/" }],
            },
        };
        installation.Storages[StorageRole.Primary] = new MemoryBuckets().Store(StorageRole.Primary, "shared", "");
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(
            () => new StorageCleaner(installation).FindAsync(StorageRole.Primary, prefix, TimeSpan.FromDays(7), TestContext.Current.CancellationToken));
        Assert.Equal("ClearingOfKeptStorage", refused.Id);
    }
}
