using System.Net;
using System.Net.Sockets;
using AcodeOps.Adapters.Kubernetes;
using AcodeOps.Adapters.Tests.Airbyte;

namespace AcodeOps.Adapters.Tests.Kubernetes;

/// <summary>
/// The client against answers written as Kubernetes documents them: a cluster cannot run in these tests.
/// </summary>
public sealed class KubernetesClusterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-kube-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Pods_are_read_with_phase_readiness_restarts_and_reason()
    {
        using RawServer server = new(_ => RawServer.Http(200, """
            {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[
              {"metadata":{"name":"airbyte-server-0","labels":{"a":"b"}},"status":{"phase":"Running","startTime":"2026-03-01T02:00:00Z",
                "conditions":[{"type":"Ready","status":"True"},{"type":"Novelty","status":"True"}],
                "containerStatuses":[{"name":"s","ready":true,"restartCount":2,"image":"i","imageID":"","state":{"running":{"startedAt":"2026-03-01T02:00:00Z"}}}]}},
              {"metadata":{"name":"airbyte-worker-0"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],
                "containerStatuses":[{"name":"w","ready":false,"restartCount":7,"image":"i","imageID":"","state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}},
              {"metadata":{"name":"job-1"},"status":{"phase":"Failed","reason":"Evicted"}},
              {"metadata":{"name":"job-2"},"status":{"phase":"Failed",
                "containerStatuses":[{"name":"w","ready":false,"restartCount":0,"image":"i","imageID":"","state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}}]}
            """));
        IReadOnlyList<Pod> pods = await Open(server.Url, selector: "app.kubernetes.io/name in (server,worker)").ListPodsAsync(Cancel);
        Assert.Equal(
        [
            new Pod("airbyte-server-0", "Running", true, 2, null, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero)),
            new Pod("airbyte-worker-0", "Running", false, 7, "CrashLoopBackOff", null),
            new Pod("job-1", "Failed", false, 0, "Evicted", null),
            new Pod("job-2", "Failed", false, 0, "OOMKilled", null),
        ], pods);
        RawRequest request = server.Requests.Single();
        Assert.StartsWith("GET /api/v1/namespaces/airbyte/pods?labelSelector=app.kubernetes.io%2Fname%20in%20%28server%2Cworker%29", request.Line);
        Assert.Equal("Bearer lab-token", request.Authorization);
    }

    [Fact]
    public async Task Failed_pods_are_asked_for_by_the_field_selector_and_one_is_deleted_by_its_uid_alone()
    {
        using RawServer server = new(asked => asked.Line.StartsWith("GET /api/v1/namespaces/airbyte/pods?fieldSelector=status.phase%3DFailed", StringComparison.Ordinal)
            ? RawServer.Http(200, """
                {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[
                  {"metadata":{"name":"job-2","uid":"5f0c","creationTimestamp":"2026-03-01T01:00:00Z"},"spec":{"initContainers":[{"name":"init"}],"containers":[{"name":"main"}]},
                   "status":{"phase":"Failed","startTime":"2026-03-01T02:00:00Z","containerStatuses":[{"name":"main","ready":false,"restartCount":0,"image":"i","imageID":"",
                     "state":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-03-01T03:00:00Z"}}}]}},
                  {"metadata":{"name":"job-3","uid":"6f0c"},"status":{"phase":"Failed","reason":"Evicted"}}]}
                """)
            : asked.Line.Contains("/job-2/log?container=main", StringComparison.Ordinal) ? RawServer.Http(200, "2026-03-01T02:59:00Z out of memory\n", "text/plain")
            : asked.Line.Contains("/job-2/log?container=init", StringComparison.Ordinal) ? RawServer.Http(400, """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"container init is waiting to start","code":400}""")
            : asked.Line.StartsWith("DELETE /api/v1/namespaces/airbyte/pods/job-2", StringComparison.Ordinal) ? RawServer.Http(200, """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"job-2"}}""")
            : RawServer.Http(409, """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the UID in the precondition does not match","code":409}"""));
        KubernetesCluster cluster = Open(server.Url, selector: "app=airbyte");
        IReadOnlyList<FailedPod> pods = await cluster.ListFailedPodsAsync(Cancel);
        Assert.Equal(
            [("job-2", "5f0c", "OOMKilled", new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero), "init main"), ("job-3", "6f0c", "Evicted", DateTimeOffset.MaxValue, "")],
            pods.Select(pod => (pod.Name, pod.Uid, pod.Reason, pod.EndedAt, string.Join(' ', pod.Containers))));
        Assert.Equal("2026-03-01T02:59:00Z out of memory\n", await cluster.ReadLogAsync(pods[0], "main", Cancel));
        Assert.Null(await cluster.ReadLogAsync(pods[0], "init", Cancel));
        await cluster.DeletePodAsync(pods[0], Cancel);
        Assert.Contains("\"uid\":\"5f0c\"", server.Requests.Last().Body, StringComparison.Ordinal);

        // Another has its name by now.
        await cluster.DeletePodAsync(pods[1], Cancel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_this_identity_may_do_is_asked_of_the_cluster_itself(bool allowed)
    {
        string answer = allowed.ToString().ToLowerInvariant();
        using RawServer server = new(_ => RawServer.Http(201, $$$"""
            {"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},
             "spec":{"resourceAttributes":{"namespace":"airbyte","verb":"list","resource":"secrets"}},"status":{"allowed":{{{answer}}},"reason":""}}
            """));
        Assert.Equal(allowed, await Open(server.Url).MayAsync("list", "", "secrets", Cancel));
        Assert.StartsWith("POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews", server.Requests.Single().Line);
    }

    [Fact]
    public async Task A_namespace_without_pods_is_an_empty_list()
    {
        using RawServer server = new(_ => RawServer.Http(200, """{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}"""));
        Assert.Empty(await Open(server.Url).ListPodsAsync(Cancel));
    }

    [Theory]
    [InlineData(401, "application/json", "KubernetesAuthenticationFailed", FailureClass.Authentication)]
    [InlineData(403, "application/json", "KubernetesAccessDenied", FailureClass.Permission)]
    [InlineData(404, "application/json", "KubernetesNotFound", FailureClass.NotFound)]
    [InlineData(429, "application/json", "KubernetesThrottled", FailureClass.Throttled)]
    [InlineData(500, "application/json", "KubernetesServerFault", FailureClass.ServerFault)]
    [InlineData(200, "text/html", "KubernetesAnswersSomethingElse", FailureClass.Protocol)]
    [InlineData(302, "text/html", "KubernetesAnswersSomethingElse", FailureClass.Protocol)]
    public async Task Each_answer_has_its_class(int status, string contentType, string id, FailureClass cause)
    {
        string body = contentType == "text/html" ? "<html>log in</html>"
            : """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods is \u001b[31mforbidden\u001b[0m","reason":"X","code":STATUS}""".Replace("STATUS", $"{status}");
        using RawServer server = new(_ => RawServer.Http(status, body, contentType));
        AcodeException failure = await FailureAsync(Open(server.Url));
        Assert.Equal((id, cause), (failure.Id, failure.Cause));
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.DoesNotContain("lab-token", failure.ToString());
    }

    [Fact]
    public async Task Nobody_listening_is_refused()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        AcodeException failure = await FailureAsync(Open(new Uri($"http://127.0.0.1:{port}")));
        Assert.Equal(("KubernetesRefused", FailureClass.ConnectionRefused), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task A_connection_that_drops_is_unreachable()
    {
        using RawServer server = new(_ => "");
        Assert.Equal("KubernetesUnreachable", (await FailureAsync(Open(server.Url))).Id);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using CancellationTokenSource stop = new();
        using RawServer server = new(async (_, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, Cancel);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Open(server.Url).ListPodsAsync(stop.Token));
    }

    [Theory]
    [InlineData("no-such-context", null)]
    [InlineData(null, "apiVersion: v1\nclusters: [")]
    [InlineData(null, "apiVersion: v1\nkind: Config\ncurrent-context: gone\n")]
    public async Task A_kubeconfig_that_is_of_no_use_says_nothing_of_the_cluster(string? context, string? text)
    {
        string path = Write(new Uri("http://127.0.0.1:1"));
        if (text is not null)
        {
            await File.WriteAllTextAsync(path, text, Cancel);
        }

        AcodeException failure = await FailureAsync(new KubernetesCluster(new KubernetesDefinition { ConfigFile = path, Context = context }));
        Assert.Equal(("KubernetesConfigInvalid", FailureClass.InvalidInput), (failure.Id, failure.Cause));
        Assert.DoesNotContain("lab-token", failure.ToString());
    }

    [Fact]
    public async Task A_kubeconfig_that_is_missing_is_told_by_its_name()
    {
        string path = Path.Combine(_folder.FullName, "none");
        AcodeException failure = await FailureAsync(new KubernetesCluster(new KubernetesDefinition { ConfigFile = path }));
        Assert.Equal("KubernetesConfigInvalid", failure.Id);
        Assert.Contains(path, failure.Message);
        Assert.Contains("no such file", failure.Message);
    }

    private static Task<AcodeException> FailureAsync(KubernetesCluster cluster) => Assert.ThrowsAsync<AcodeException>(() => cluster.ListPodsAsync(Cancel));

    private KubernetesCluster Open(Uri url, string? selector = null) => new(new KubernetesDefinition { ConfigFile = Write(url), Selector = selector });

    private string Write(Uri url)
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
        return path;
    }
}
