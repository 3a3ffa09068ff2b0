using AcodeOps.Core.Tests.Data;
using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Recovery.Corruption;

/// <summary>Whose objects are under a prefix: one stream's, or nothing is planned.</summary>
public sealed class CorruptedPartitionTests
{
    private const string Lake = "origin=airbyte/database=bronze_acode/";

    private readonly MemoryBuckets _buckets = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public CorruptedPartitionTests()
    {
        foreach (string stream in (string[])["diario", "produtos"])
        {
            foreach (string day in (string[])["2026-03-08", "2026-03-09"])
            {
                _buckets.Set("lake", $"{Lake}{stream}/cog_dt_ingestion={day}/file_{stream}_1.parquet", "rows");
            }
        }
    }

    [Fact]
    public async Task A_days_partition_is_one_streams()
    {
        CorruptedPartition found = await FindAsync("diario/cog_dt_ingestion=2026-03-09/");

        Assert.Equal($"{Lake}diario/cog_dt_ingestion=2026-03-09/", found.Prefix);
        Assert.Equal([$"{Lake}diario/cog_dt_ingestion=2026-03-09/file_diario_1.parquet"], found.Objects.Select(o => o.Key));
        Assert.Equal([new DateOnly(2026, 3, 9)], found.Days);
        Assert.Equal(("primary", "diario"), (found.Places[0].Route.Route.Name, found.Places[0].Stream.Name));
    }

    [Theory]
    [InlineData("diario/", 2)]
    [InlineData("diario/cog_dt_ingestion=2026-03", 2)]
    [InlineData("diario/cog_dt_ingestion=2026-03-09/file_diario_1.parquet", 1)]
    [InlineData("/produtos/cog_dt_ingestion=2026-03-08/", 1)]
    public async Task A_part_of_one_stream_may_be_wider_or_narrower_than_a_day(string prefix, int objects) => Assert.Equal(objects, (await FindAsync(prefix)).Objects.Count);

    [Theory]
    [InlineData("/", "CorruptedPrefixTooWide")]
    [InlineData("  ", "CorruptedPrefixTooWide")]
    [InlineData("di", "CorruptedObjectsNotFound", false)]
    [InlineData("other/", "CorruptedPrefixOfNoRoute")]
    [InlineData("diariox/cog_dt_ingestion=2026-03-09/", "CorruptedPrefixOfNoRoute")]
    [InlineData("diario/cog_dt_ingestion=2025-01-01/", "CorruptedObjectsNotFound")]
    public async Task What_is_no_part_of_one_stream_is_refused(string prefix, string id, bool isRefused = true) =>
        Assert.Equal(isRefused ? id : null, (await Record.ExceptionAsync(() => FindAsync(prefix)) as AcodeException)?.Id);

    [Fact]
    public async Task A_prefix_of_two_streams_is_refused_also_where_only_one_has_objects()
    {
        Connection both = Installed.PrimaryConnection with { Streams = [Installed.Stream("diario"), Installed.Stream("diario_novo")] };
        RouteReading reading = Installed.Primary() with { Connection = both };

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => FindAsync("diario", reading));

        Assert.Equal(("CorruptedPrefixTooWide", FailureClass.Refused), (refused.Id, refused.Cause));
    }

    [Fact]
    public async Task A_strange_object_below_the_prefix_is_named()
    {
        _buckets.Set("lake", Lake + "dia", "a file of somebody else's");

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => FindAsync("dia"));

        Assert.Equal("CorruptedPrefixOfNoRoute", refused.Id);
        Assert.Contains($"s3://lake/{Lake}dia", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_route_that_writes_loads_anew()
    {
        CorruptedPartition partition = await FindAsync("diario/cog_dt_ingestion=2026-03-09/");

        Assert.Equal("primary", ReloadingRoute.Choose(partition, [Installed.Primary(), Installed.Backup()]).Route.Route.Name);
        Assert.Equal("primary", ReloadingRoute.Choose(partition, [Installed.Primary().With(ConnectionStatus.Inactive), Installed.Backup()]).Route.Route.Name);
        Assert.Equal("CorruptedRouteInactive", Refusal(partition, ConnectionStatus.Inactive, ConnectionStatus.Active));
        Assert.Equal("TwoActiveRoutes", Refusal(partition, ConnectionStatus.Active, ConnectionStatus.Active));
        Assert.Equal("ConnectionStatusUnknown", Refusal(partition, ConnectionStatus.Active, ConnectionStatus.Unknown));
    }

    private static string Refusal(CorruptedPartition partition, ConnectionStatus primary, ConnectionStatus backup) =>
        Assert.Throws<AcodeException>(() => ReloadingRoute.Choose(partition, [Installed.Primary().With(primary), Installed.Backup().With(backup)])).Id;

    private Task<CorruptedPartition> FindAsync(string prefix) => FindAsync(prefix, Installed.Primary(), Installed.Backup());

    private async Task<CorruptedPartition> FindAsync(string prefix, params RouteReading[] routes)
    {
        TestInstallation installation = new() { Environment = Installed.Environment };
        installation.Storages[StorageRole.Primary] = _buckets.Store(StorageRole.Primary, "lake", Lake);
        return await CorruptedPartition.FindAsync(installation, new CorruptionRequest { Prefix = prefix, Reason = "readers fail on it" }, routes, Cancel);
    }
}
