using AcodeOps.Adapters.Kubernetes;
using AcodeOps.Adapters.Tests.Airbyte;

namespace AcodeOps.Adapters.Tests.Kubernetes;

/// <summary>What pods use, against answers as the API of metrics.k8s.io/v1beta1 documents them: a cluster cannot run in these tests.</summary>
public sealed class PodMetricsTests : IDisposable
{
    private const string Pods = """
        {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[
          {"metadata":{"name":"airbyte-worker-0"},"spec":{"containers":[
            {"name":"worker","resources":{"limits":{"cpu":"1500m","memory":"2Gi"}}},{"name":"sidecar","resources":{}},{"name":"bare"}]},"status":{"phase":"Running"}}]}
        """;

    private const string Metrics = """
        {"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[
          {"metadata":{"name":"airbyte-worker-0","namespace":"airbyte","creationTimestamp":"2026-03-01T02:00:31Z"},"timestamp":"2026-03-01T02:00:30Z","window":"15.5s","containers":[
            {"name":"worker","usage":{"cpu":"1482793541n","memory":"1048576Ki"}},{"name":"sidecar","usage":{"cpu":"0","memory":"12Mi"}},
            {"name":"bare","usage":{"cpu":"25m","memory":"1000"}},{"name":"silent","usage":{}}]},
          {"metadata":{"name":"gone-by-now"},"timestamp":"2026-03-01T02:00:20Z","window":"1m0s","containers":[{"name":"job","usage":{"cpu":"2","memory":"3M"}}]},
          {"metadata":{"name":"too-young"},"containers":[{"name":"job","usage":{"cpu":"2","memory":"3M"}}]}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-kube-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Containers_are_read_with_processors_memory_limits_and_the_clusters_window()
    {
        using RawServer server = new(request => RawServer.Http(200, IsMetrics(request) ? Metrics : Pods));
        IReadOnlyList<PodUsage> usage = await Open(server.Url, selector: "app=worker").ReadUsageAsync(Cancel);
        DateTimeOffset at = new(2026, 3, 1, 2, 0, 30, TimeSpan.Zero);
        PodUsage bare = new() { Pod = "airbyte-worker-0", Container = "bare", Cores = 0.025, MemoryBytes = 1_000, At = at, Window = TimeSpan.FromSeconds(15.5) };
        Assert.Equal(
        [
            bare with { Container = "worker", Cores = 1.482793541, MemoryBytes = 1L << 30, CoreLimit = 1.5, MemoryLimitBytes = 2L << 30 },
            bare with { Container = "sidecar", Cores = 0, MemoryBytes = 12 << 20 },
            bare,
            new PodUsage { Pod = "gone-by-now", Container = "job", Cores = 2, MemoryBytes = 3_000_000, At = at.AddSeconds(-10), Window = TimeSpan.FromMinutes(1) },
        ], usage);
        Assert.StartsWith("GET /apis/metrics.k8s.io/v1beta1/namespaces/airbyte/pods?labelSelector=app%3Dworker", server.Requests.Single(IsMetrics).Line);
        Assert.All(server.Requests, request => Assert.StartsWith("GET ", request.Line));
    }

    [Theory]
    [InlineData(404, "KubernetesMetricsMissing", FailureClass.NotFound)]
    [InlineData(503, "KubernetesMetricsMissing", FailureClass.NotFound)]
    [InlineData(403, "KubernetesAccessDenied", FailureClass.Permission)]
    [InlineData(401, "KubernetesAuthenticationFailed", FailureClass.Authentication)]
    [InlineData(500, "KubernetesServerFault", FailureClass.ServerFault)]
    public async Task A_cluster_without_metrics_or_a_right_to_them_is_told(int status, string id, FailureClass cause)
    {
        using RawServer server = new(request => IsMetrics(request)
            ? RawServer.Http(status, """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource","code":0}""")
            : RawServer.Http(200, Pods));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => Open(server.Url).ReadUsageAsync(Cancel));
        Assert.Equal((id, cause), (failure.Id, failure.Cause));
        Assert.NotNull(failure.Advice);
        Assert.DoesNotContain("lab-token", failure.ToString(), StringComparison.Ordinal);
    }

    private static bool IsMetrics(RawRequest request) => request.Line.Contains("metrics.k8s.io", StringComparison.Ordinal);

    private KubernetesCluster Open(Uri url, string? selector = null)
    {
        string path = Path.Combine(_folder.FullName, "config");
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: lab
            clusters: [{name: lab, cluster: {server: "{{url.GetLeftPart(UriPartial.Authority)}}" } } ]
            users: [{name: lab, user: {token: lab-token} } ]
            contexts: [{name: lab, context: {cluster: lab, user: lab} } ]
            """);
        return new(new KubernetesDefinition { ConfigFile = path, Selector = selector });
    }
}
