using AcodeOps.Core.Tests.Data;
using AcodeOps.Core.Tests.Routing;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Recovery.Corruption;

/// <summary>From where a stream is read again: never later than what was lost, whatever damaged objects say of themselves.</summary>
public sealed class CursorSetBackTests
{
    private static readonly DateOnly Day = new(2026, 3, 9);

    private readonly MemoryBuckets _buckets = new();
    private readonly ToldLake _lake = new();
    private readonly PlannedRoute _route = Routes.Of(SourceRole.Primary, StorageRole.Primary);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-03-08T09:00:00.000000", "2026-03-08T09:00:01.500000", "2026-03-08T08:59:59.000000")]
    [InlineData("2026-03-08T09:00:00.000000", "2026-03-08T07:00:00.000000", "2026-03-08T06:59:59.000000")]
    [InlineData("2026-03-08T09:00:00.000000", "2099-01-01T00:00:00.000000", "2026-03-08T08:59:59.000000")]
    [InlineData("2026-03-08T09:00:00.000000", null, "2026-03-08T08:59:59.000000")]
    [InlineData("2026-03-08T09:00:00.000000", "1999-01-01T00:00:00.000000", "1998-12-31T23:59:59.000000")]
    public async Task It_is_the_earlier_of_the_partition_before_and_of_the_lost_rows(string before, string? least, string expected)
    {
        Landed(Day.AddDays(-3), ("2026-03-07T09:00:00.000000", before));

        Assert.Equal((expected, Day.AddDays(-3)), await ComputeAsync("2026-03-10T01:00:00.000000", least));
    }

    [Fact]
    public async Task Without_a_witness_the_stream_begins_anew()
    {
        Landed(Day.AddDays(-40), ("2026-01-07T09:00:00.000000", "2026-01-08T09:00:00.000000"));

        Assert.Null(await ComputeAsync("2026-03-10T01:00:00.000000", "2026-03-09T00:00:00.000000"));
    }

    [Fact]
    public async Task Damaged_objects_and_times_to_come_are_no_witnesses()
    {
        Landed(Day.AddDays(-1), ("2026-03-08T00:00:00.000000", "2098-12-31T00:00:00.000000"), null);
        Landed(Day.AddDays(-2), null, ("2026-03-06T00:00:00.000000", "2026-03-07T10:00:00.000000"));

        Assert.Equal(("2026-03-07T09:59:59.000000", Day.AddDays(-2)), await ComputeAsync("2026-03-10T01:00:00.000000", null));
    }

    [Theory]
    [InlineData("700", "699")]
    [InlineData("12.5", null)]
    public async Task Numbers_go_back_by_one(string before, string? expected)
    {
        Landed(Day.AddDays(-1), ("1", before));

        Assert.Equal(expected, (await ComputeAsync("900", "701"))?.Value);
    }

    private void Landed(DateOnly day, params (string Least, string Greatest)?[] files)
    {
        for (int i = 0; i < files.Length; i++)
        {
            string key = $"bronze/{Routes.Sales}/dt={day:yyyy-MM-dd}/{i}_part.parquet";
            _buckets.Set("lake", key, "rows");
            _lake.Files[key] = files[i] is var (least, greatest)
                ? new LakeFile(key, 10) { Ranges = new Dictionary<string, ColumnRange> { ["at"] = new(least, greatest) } } : null;
        }
    }

    [Theory]
    [InlineData(null, "2026-03-01T02:00:00", "2026-03-01T01:59:59.000000")]
    [InlineData("2026-02-20T00:00:00.000000", "2026-03-01T02:00:00", "2026-02-19T23:59:59.000000")]
    [InlineData("2026-03-03T00:00:00.000000", null, "2026-03-02T23:59:59.000000")]
    public async Task What_a_comparison_has_found_needs_no_witness(string? least, string? missing, string expected)
    {
        (string Value, DateOnly Day) from = (await ComputeAsync("2026-03-04T00:00:00.000000", least, new SetBackLimit(IsTrusted: true, missing), objects: least is null ? 0 : 2))!.Value;
        Assert.Equal(expected, from.Value);
        Assert.True(from.Day <= DateOnly.Parse(expected[..10], System.Globalization.CultureInfo.InvariantCulture), $"{from.Day}");
    }

    private async Task<(string Value, DateOnly Day)?> ComputeAsync(string old, string? least, SetBackLimit limit = default, int objects = 1)
    {
        TestInstallation installation = new() { LakeReader = _lake };
        installation.Storages[StorageRole.Primary] = _buckets.Store(StorageRole.Primary, "lake", "bronze/");
        StreamCursor cursor = StreamCursor.Read(Routes.At(old).Streams[0])!;
        PartitionContent content = new() { Objects = objects, Cursors = least is null ? null : new ColumnRange(least, "2099-01-02T00:00:00.000000") };
        return await CursorSetBack.ComputeAsync(installation, StreamPlace.Of(_route, _route.Connection.Streams[0]), cursor, content, Day, limit, Cancel) is var (from, day) ? (from.Value, day) : null;
    }
}
