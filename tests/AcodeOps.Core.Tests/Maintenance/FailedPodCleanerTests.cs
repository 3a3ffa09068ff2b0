using AcodeOps.Core.Tests.Audit;
using AcodeOps.Core.Tests.Runbooks;
using AcodeOps.Maintenance;

namespace AcodeOps.Core.Tests.Maintenance;

/// <summary>A pod is deleted when its logs are saved, and not before.</summary>
public sealed class FailedPodCleanerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = TestSite.Noon;
    private readonly MemoryStore _quarantine = new("kept/") { Clock = new ManualClock(Now) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _quarantine.DisposeAsync();

    private static FailedPod Pod(string name, double hours, params string[] containers) => new(name, $"uid-{name}", "Error", Now.AddHours(-hours), containers);

    [Fact]
    public async Task Old_ones_are_deleted_after_their_logs_are_saved_and_young_ones_stay()
    {
        Cluster cluster = new(_quarantine, Pod("old", 30, "init", "main"), Pod("young", 2, "main"));
        PodClearing done = await CleanerOf(cluster).ClearAsync(TimeSpan.FromHours(24), Cancel);

        Assert.Equal(["old"], cluster.Deleted);
        Assert.StartsWith("Pod old, failed 2026-11-23 06:00 UTC (Error) deleted; logs at s3://", Assert.Single(done.Deleted));
        string key = Assert.Single(_quarantine.Keys);
        Assert.Equal("kept/acode_pod_logs/test/2026/11/23/old.uid-old.log", key);
        string text = System.Text.Encoding.UTF8.GetString(_quarantine[key].Content);
        Assert.Contains("=== main\nlog of old main", text, StringComparison.Ordinal);
        Assert.Contains("=== init\n(no log)", text, StringComparison.Ordinal);
        Assert.Empty(done.Failures);
    }

    [Fact]
    public async Task One_whose_logs_cannot_be_had_stays_and_the_next_is_cleared_all_the_same()
    {
        Cluster cluster = new(_quarantine, Pod("mute", 30, "broken"), Pod("old", 30, "main"));
        PodClearing done = await CleanerOf(cluster).ClearAsync(TimeSpan.FromHours(24), Cancel);
        Assert.Equal(["old"], cluster.Deleted);
        Assert.Equal("KubernetesServerFault", Assert.Single(done.Failures).Id);
    }

    private FailedPodCleaner CleanerOf(ICluster cluster) => new(new TestInstallation { Clock = new ManualClock(Now), Cluster = cluster, Storages = { [StorageRole.Quarantine] = _quarantine } });

    private sealed class Cluster(MemoryStore store, params FailedPod[] pods) : ICluster
    {
        public List<string> Deleted { get; } = [];

        public Task<IReadOnlyList<FailedPod>> ListFailedPodsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<FailedPod>>(pods);

        public Task<string?> ReadLogAsync(FailedPod pod, string container, CancellationToken cancel) => container switch
        {
            "broken" => throw new AcodeException("KubernetesServerFault", FailureClass.ServerFault, "The cluster is broken."),
            "init" => Task.FromResult<string?>(null),
            _ => Task.FromResult<string?>($"log of {pod.Name} {container}\n"),
        };

        public Task DeletePodAsync(FailedPod pod, CancellationToken cancel)
        {
            Assert.Contains(store.Keys, key => key.Contains(pod.Uid, StringComparison.Ordinal));
            Deleted.Add(pod.Name);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> MayAsync(string verb, string group, string resource, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<PodUsage>> ReadUsageAsync(CancellationToken cancel) => throw new NotSupportedException();
    }
}
