using k8s;
using k8s.Models;

namespace AcodeOps.Adapters.Kubernetes;

/// <summary>The cluster by a kubeconfig's context, or by the account of the pod that we run in.</summary>
internal sealed class KubernetesCluster(KubernetesDefinition definition) : ICluster, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lazy<k8s.Kubernetes> _client = new(() => Open(definition));

    public async Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(Limit);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        k8s.Kubernetes client = await OpenAsync(both.Token, cancel).ConfigureAwait(false);
        try
        {
            V1PodList pods = await client.CoreV1.ListNamespacedPodAsync(
                definition.Namespace, labelSelector: definition.Selector, cancellationToken: both.Token).ConfigureAwait(false);
            return pods?.Items is { } items ? [.. items.Select(ToPod)] : throw KubernetesErrors.SomethingElse(client.BaseUri);
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

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
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
