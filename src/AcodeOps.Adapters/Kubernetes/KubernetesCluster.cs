using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AcodeOps.Adapters.Kubernetes;

/// <summary>The cluster by a kubeconfig's context, or by the account of the pod that we run in.</summary>
internal sealed class KubernetesCluster(KubernetesDefinition definition) : ICluster, IDisposable
{
    private const int LogLines = 10_000;
    private const int LogBytes = 4 * 1024 * 1024;
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

    // Whatever it belongs to: a job's pod does not bear the labels of Airbyte's own parts.
    public Task<IReadOnlyList<FailedPod>> ListFailedPodsAsync(CancellationToken cancel) => AskAsync<IReadOnlyList<FailedPod>>(
        async (client, token) =>
        {
            V1PodList pods = await client.CoreV1.ListNamespacedPodAsync(definition.Namespace, fieldSelector: "status.phase=Failed", cancellationToken: token).ConfigureAwait(false);
            return [.. (pods?.Items ?? throw KubernetesErrors.SomethingElse(client.BaseUri)).Where(pod => pod.Metadata is { Name: not null, Uid: not null }).Select(ToFailedPod)];
        },
        cancel);

    public Task<string?> ReadLogAsync(FailedPod pod, string container, CancellationToken cancel) => AskAsync<string?>(
        async (client, token) =>
        {
            try
            {
                using Stream log = await client.CoreV1.ReadNamespacedPodLogAsync(
                    pod.Name, definition.Namespace, container, tailLines: LogLines, limitBytes: LogBytes, timestamps: true, cancellationToken: token).ConfigureAwait(false);
                using StreamReader reader = new(log);

                // The limit is asked for; that it is kept to is not trusted.
                char[] text = new char[LogBytes];
                int read = await reader.ReadBlockAsync(text, token).ConfigureAwait(false);
                return read == 0 ? null : new string(text, 0, read);
            }
            catch (HttpOperationException answered) when (answered.Response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            {
                // Kubernetes' answer for a container that has not begun, or whose log is gone with its node.
                return null;
            }
        },
        cancel);

    public Task DeletePodAsync(FailedPod pod, CancellationToken cancel) => AskAsync(
        async (client, token) =>
        {
            try
            {
                await client.CoreV1.DeleteNamespacedPodAsync(
                    pod.Name, definition.Namespace, new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = pod.Uid } }, cancellationToken: token).ConfigureAwait(false);
            }
            catch (HttpOperationException answered) when (answered.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
            {
                // Gone, or another has its name by now.
            }

            return true;
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

    private static FailedPod ToFailedPod(V1Pod pod)
    {
        DateTime? ended = pod.Status?.ContainerStatuses?.Select(container => container.State?.Terminated?.FinishedAt).Max() ?? pod.Status?.StartTime ?? pod.Metadata.CreationTimestamp;
        return new FailedPod(
            pod.Metadata.Name, pod.Metadata.Uid, ToPod(pod).Reason,
            // One whose age nobody tells is never old enough.
            ended is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at.ToUniversalTime(), DateTimeKind.Utc)) : DateTimeOffset.MaxValue,
            [.. (pod.Spec?.InitContainers ?? []).Concat(pod.Spec?.Containers ?? []).Select(container => container.Name)]);
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
