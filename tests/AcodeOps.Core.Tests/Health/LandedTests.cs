using System.Runtime.CompilerServices;
using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;
using static AcodeOps.Core.Tests.Syncs.Installed;

namespace AcodeOps.Core.Tests.Health;

public sealed class LandedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/file_${EPOCH}_", "source", null, "base/p_s/dt=2026-03-09/file_", true)]
    [InlineData(null, "source", null, "base/db/p_s/2026_03_09_", true)]
    [InlineData("${NAMESPACE}/${STREAM_NAME}/${YEAR}/${MONTH}/${DAY}/", "destination", null, "base/p_s/2026/03/09/", true)]
    [InlineData("${NAMESPACE}/${STREAM_NAME}/${YEAR}${MONTH}${DAY}", "custom_format", "x_${SOURCE_NAMESPACE}", "base/x_db/p_s/20260309", true)]
    [InlineData("${STREAM_NAME}/${YEAR}/${MONTH}/${EPOCH}", "source", null, "base/p_s/2026/03/", false)]
    [InlineData("${STREAM_NAME}/${UUID}/${YEAR}-${MONTH}-${DAY}", "source", null, "base/p_s/", false)]
    public void The_prefix_of_a_day_follows_Airbytes_rules(string? format, string definition, string? custom, string prefix, bool isOfOneDay)
    {
        Connection connection = PrimaryConnection with { Prefix = "p_", NamespaceDefinition = definition, NamespaceFormat = custom };
        AirbyteDestination destination = Lake with { BucketPath = "/base/", PathFormat = format };
        Assert.Equal((prefix, isOfOneDay), LandingPath.PrefixOf(connection, Stream("s", "db"), destination, new DateOnly(2026, 3, 9)));
    }

    [Fact]
    public async Task The_stalest_stream_counts_and_only_days_are_listed()
    {
        Listed lake = new()
        {
            [Key("diario", 10)] = Now.AddHours(-1),
            [Key("produtos", 9)] = Now.AddHours(-26),
            [Key("complemento", 10)] = Now.AddHours(-2),
        };
        Observation seen = await LookAsync(lake);
        Assert.Equal((Verdict.Failed, "LandedStale", 26.0), (seen.Verdict, seen.ErrorId, seen.Value));
        Assert.Contains("produtos", seen.Summary);
        Assert.All(lake.Asked, prefix => Assert.Contains("cog_dt_ingestion=2026-03-", prefix));
        Assert.Equal(4, lake.Asked.Count);
    }

    [Theory]
    [InlineData(3, Verdict.Healthy)]
    [InlineData(21, Verdict.Degraded)]
    [InlineData(26, Verdict.Failed)]
    public async Task Age_is_held_against_the_objectives(int hours, Verdict verdict)
    {
        int day = Now.AddHours(-hours).Day;
        Listed lake = new();
        foreach (string stream in (string[])["diario", "produtos", "complemento"])
        {
            lake[Key(stream, day)] = Now.AddHours(-hours);
        }

        Assert.Equal(verdict, (await LookAsync(lake)).Verdict);
    }

    [Fact]
    public async Task Nothing_landed_tells_how_far_was_looked()
    {
        Observation seen = await LookAsync(new Listed { [Key("diario", 10)] = Now, [Key("produtos", 2)] = Now });
        Assert.Equal((Verdict.Failed, "NothingLanded"), (seen.Verdict, seen.ErrorId));
        Assert.Contains("produtos, complemento has landed in the last 4 days", seen.Summary);
        Assert.Contains(seen.Evidence, line => line.Contains("cog_dt_ingestion=2026-03-07", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_path_without_dates_is_never_listed_whole()
    {
        Listed lake = new();
        ToldAirbyte airbyte = new(PrimaryConnection, BackupConnection) { Destinations = { [0] = Lake with { PathFormat = "${STREAM_NAME}/${EPOCH}" } } };
        Observation seen = await LookAsync(lake, airbyte);
        Assert.Equal((Verdict.Unknown, "PathHasNoDate"), (seen.Verdict, seen.ErrorId));
        Assert.Empty(lake.Asked);
    }

    private static string Key(string stream, int day) => $"origin=airbyte/database=bronze_acode/{stream}/cog_dt_ingestion=2026-03-{day:00}/file_{stream}_1_0.parquet";

    private static Task<Observation> LookAsync(Listed lake, ToldAirbyte? airbyte = null)
    {
        TestInstallation installation = new()
        {
            Environment = Installed.Environment,
            Clock = new ManualClock(Now),
            AirbyteServer = airbyte ?? new ToldAirbyte(PrimaryConnection, BackupConnection),
        };
        installation.Storages[StorageRole.Primary] = lake;
        return new LandedProbe().ObserveAsync(new HealthContext(installation, Cancel), "landed", Cancel);
    }

    /// <summary>A bucket as a list of keys and times; anything but listing fails the test.</summary>
    private sealed class Listed : Dictionary<string, DateTimeOffset>, IObjectStore
    {
        public List<string> Asked { get; } = [];

        public StorageDefinition Definition => Installed.Environment.Storages[0];

        public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            lock (Asked)
            {
                Asked.Add(prefix);
            }

            await Task.Yield();
            foreach ((string key, DateTimeOffset at) in this.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                yield return new StoredObject(key, 100, at, "tag");
            }
        }

        public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => throw new NotSupportedException();

        public Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel) => throw new NotSupportedException();

        public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task DeleteAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<StoredObject?> FindAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
