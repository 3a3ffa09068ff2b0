using AcodeOps.Core.Tests.Data.Exporting;
using AcodeOps.Runbooks;
using AcodeOps.Tuning;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Core.Tests.Tuning;

/// <summary>When the parts are looked at, how often, and what a part that fails is.</summary>
public sealed class PerformanceMeterTests
{
    private static readonly ManualClock Clock = new(new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(false, 4)] // at 0, 4, 8 and 10 s
    [InlineData(true, 2)] // at 0 and 10 s
    public async Task Own_servers_are_looked_at_in_between_and_a_partners_is_not(bool isPartners, int looks)
    {
        ManualClock clock = new(Clock.GetUtcNow());
        Statistics statistics = new(clock);
        PerformanceReport report = await MeasureAsync(clock, statistics, isPartners, cluster: null);
        Assert.Equal(looks, statistics.CounterLooks);
        Assert.Equal(2, statistics.StatementLooks);
        PerformanceReading running = report.Sections[^1].Readings.Single(r => r.Name == "Threads running");
        Assert.Equal((looks, $"mean {(1 + looks) / 2.0:0.#} of {looks} looks"), (running.Value, running.Evidence));
        Assert.True(running.To - running.From >= TimeSpan.FromSeconds(10), $"{running.To - running.From}");
        Assert.Equal(["Machine machine", "Source primary"], report.Sections.Select(s => $"{s.Part} {s.Target}"));
    }

    [Fact]
    public async Task Pods_are_held_against_their_limits_and_a_cluster_without_metrics_is_unknown()
    {
        ManualClock clock = new(Clock.GetUtcNow());
        PodUsage usage = new() { Pod = "airbyte-worker-0", Container = "worker", Cores = 1.9, MemoryBytes = 100 << 20, CoreLimit = 2, MemoryLimitBytes = 1 << 30, At = clock.GetUtcNow(), Window = TimeSpan.FromSeconds(30) };
        PerformanceReport report = await MeasureAsync(clock, new Statistics(clock), false, new Cluster(() => [usage, usage with { Container = "sidecar", CoreLimit = null, MemoryLimitBytes = null }]));
        PerformanceSection pods = report.Sections.Single(s => s.Part == PerformancePart.Pods);
        Assert.Equal(
            ["airbyte-worker-0/sidecar: Pod processor 1.9 cores ", "airbyte-worker-0/sidecar: Pod memory 100 MiB ", "airbyte-worker-0/worker: Pod processor 1.9 cores Degraded", "airbyte-worker-0/worker: Pod memory 100 MiB Healthy"],
            pods.Readings.Select(r => $"{r} {r.Verdict}"));
        Assert.Equal(TimeSpan.FromSeconds(30), pods.Readings[0].To - pods.Readings[0].From);
        Finding limit = Assert.Single(report.Findings);
        Assert.Equal(("PodProcessorLimit", "airbyte-worker-0/worker"), (limit.Rule, limit.Target));

        PerformanceReport unmeasured = await MeasureAsync(clock, new Statistics(clock), false, new Cluster(() => throw new AcodeException("KubernetesMetricsMissing", FailureClass.NotFound, "None.")));
        PerformanceReading unknown = Assert.Single(unmeasured.Sections.Single(s => s.Part == PerformancePart.Pods).Readings);
        Assert.Equal((null, Verdict.Unknown, "KubernetesMetricsMissing"), (unknown.Value, unknown.Verdict, unknown.ErrorId));
        Assert.Empty(unmeasured.Findings);
    }

    private static async Task<PerformanceReport> MeasureAsync(ManualClock clock, Statistics statistics, bool isPartners, ICluster? cluster)
    {
        SourceDefinition definition = TestInstallation.Definition.Sources[0] with { IsPartners = isPartners };
        TestInstallation installation = new()
        {
            Environment = TestInstallation.Definition with { Sources = [definition], Kubernetes = cluster is null ? null : new KubernetesDefinition() },
            Clock = clock,
            Cluster = cluster,
            ThisMachine = new Here(),
            ThisMachineUsage = new Idle(),
        };
        installation.Sources[SourceRole.Primary] = new FakeSource(SourceRole.Primary) { Definition = definition, Statistics = statistics };
        Task<PerformanceReport> measurement = new PerformanceMeter(installation).MeasureAsync(
            new MeasurementRequest { Duration = TimeSpan.FromSeconds(10), Interval = TimeSpan.FromSeconds(4) }, TestContext.Current.CancellationToken);
        while (!measurement.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await measurement;
    }

    private sealed class Statistics(ManualClock clock) : IServerStatistics
    {
        public int CounterLooks { get; private set; }

        public int StatementLooks { get; private set; }

        public Task<ServerCounters> ReadCountersAsync(CancellationToken cancel) => Task.FromResult(new ServerCounters
        {
            Flavor = SourceFlavor.MySql,
            MaxConnections = 100,
            LongQuerySeconds = 10,
            Values = new Dictionary<string, long> { ["Uptime"] = clock.GetUtcNow().ToUnixTimeSeconds(), ["Threads_running"] = ++CounterLooks, ["Threads_connected"] = 5 },
        });

        public Task<ServerSettings> ReadSettingsAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<StatementSample> ReadStatementsAsync(CancellationToken cancel)
        {
            StatementLooks++;
            return Task.FromResult(new StatementSample(clock.GetUtcNow().ToUnixTimeSeconds(), []));
        }

        public Task<IReadOnlyDictionary<StatementKey, string>> ReadStatementTextsAsync(IReadOnlyCollection<StatementKey> keys, CancellationToken cancel) => throw new NotSupportedException();
    }

    private sealed class Cluster(Func<IReadOnlyList<PodUsage>> usage) : ICluster
    {
        public Task<IReadOnlyList<FailedPod>> ListFailedPodsAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<string?> ReadLogAsync(FailedPod pod, string container, CancellationToken cancel) => throw new NotSupportedException();

        public Task DeletePodAsync(FailedPod pod, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> MayAsync(string verb, string group, string resource, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<PodUsage>> ReadUsageAsync(CancellationToken cancel) => Task.FromResult(usage());
    }

    private sealed class Idle : IMachineUsage
    {
        public MachineSample Read() => new() { System = "test" };
    }

    private sealed class Here : IMachine
    {
        public ProcessStamp ThisProcess { get; } = new("here", "here", 1, DateTimeOffset.UnixEpoch, "somebody");

        public bool IsGone(ProcessStamp process) => false;
    }
}
