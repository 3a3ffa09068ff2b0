using k8s;
using k8s.Models;

namespace AcodeOps.Adapters.Kubernetes;

/// <summary>The cluster by a kubeconfig's context, or by the account of the pod that we run in.</summary>
internal sealed class KubernetesCluster(KubernetesDefinition definition) : ICluster, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lazy<k8s.Kubernetes> _client = new(() => Open(definition));

    public Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel) => AskAsync<IReadOnlyList<Pod>>(
        async (client, token) => [.. (await PodsAsync(client, token).ConfigureAwait(false)).Select(ToPod)], cancel);

    public Task<IReadOnlyList<PodUsage>> ReadUsageAsync(CancellationToken cancel) => AskAsync(
        async (client, token) => PodMetricsReading.Of(await PodMetricsReading.ReadAsync(client, definition, token).ConfigureAwait(false), await PodsAsync(client, token).ConfigureAwait(false)), cancel);

    public Task<bool> MayAsync(string verb, string group, string resource, CancellationToken cancel) => AskAsync(
        async (client, token) =>
        {
            V1SelfSubjectAccessReview question = new()
            {
                ApiVersion = "authorization.k8s.io/v1",
                Kind = "SelfSubjectAccessReview",
                Spec = new V1SelfSubjectAccessReviewSpec
                {
                    ResourceAttributes = new V1ResourceAttributes { NamespaceProperty = definition.Namespace, Verb = verb, Group = group, Resource = resource },
                },
            };
            V1SelfSubjectAccessReview answer = await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(question, cancellationToken: token).ConfigureAwait(false);
            return answer?.Status?.Allowed ?? throw KubernetesErrors.SomethingElse(client.BaseUri);
        },
        cancel);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task<IList<V1Pod>> PodsAsync(k8s.Kubernetes client, CancellationToken cancel)
    {
        V1PodList pods = await client.CoreV1.ListNamespacedPodAsync(definition.Namespace, labelSelector: definition.Selector, cancellationToken: cancel).ConfigureAwait(false);
        return pods?.Items ?? throw KubernetesErrors.SomethingElse(client.BaseUri);
    }

    private async Task<T> AskAsync<T>(Func<k8s.Kubernetes, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(Limit);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        k8s.Kubernetes client = await OpenAsync(both.Token, cancel).ConfigureAwait(false);
        try
        {
            return await ask(client, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not AcodeException)
        {
            throw KubernetesErrors.Of(e, client.BaseUri, definition);
        }
    }

    /// <summary>Opens the configuration aside: a credential plugin that it names may take its time.</summary>
    private async Task<k8s.Kubernetes> OpenAsync(CancellationToken limit, CancellationToken cancel)
    {
        try
        {
            return await Task.Run(() => _client.Value, CancellationToken.None).WaitAsync(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not AcodeException)
        {
            throw KubernetesErrors.Configuration(e, definition);
        }
    }

    private static k8s.Kubernetes Open(KubernetesDefinition definition)
    {
        bool isOwnAccount = definition.ConfigFile is null && definition.Context is null && KubernetesClientConfiguration.IsInCluster();
        KubernetesClientConfiguration configuration = isOwnAccount
            ? KubernetesClientConfiguration.InClusterConfig()
            : KubernetesClientConfiguration.BuildConfigFromConfigFile(definition.ConfigFile, definition.Context);
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        return new k8s.Kubernetes(configuration);
    }

    private static Pod ToPod(V1Pod pod)
    {
        IReadOnlyList<V1ContainerStatus> containers = [.. pod.Status?.InitContainerStatuses ?? [], .. pod.Status?.ContainerStatuses ?? []];
        bool isReady = pod.Status?.Conditions?.Any(c => c is { Type: "Ready", Status: "True" }) == true;
        string? reason = containers.Select(c => c.State?.Waiting?.Reason).FirstOrDefault(r => r is not null and not "PodInitializing")
            ?? containers.Where(c => c.State?.Terminated is { ExitCode: not 0 }).Select(c => c.State.Terminated.Reason).FirstOrDefault()
            ?? pod.Status?.Reason;
        return new Pod(
            ServerText.Shown(pod.Metadata?.Name ?? "unnamed"), ServerText.Shown(pod.Status?.Phase ?? "Unknown"), isReady,
            containers.Sum(c => c.RestartCount), reason is null ? null : ServerText.Shown(reason),
            pod.Status?.StartTime is { } started ? new DateTimeOffset(DateTime.SpecifyKind(started.ToUniversalTime(), DateTimeKind.Utc)) : null);
    }
}
