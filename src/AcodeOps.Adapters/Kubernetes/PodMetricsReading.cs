using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AcodeOps.Adapters.Kubernetes;

/// <summary>What pods use, by the API that metrics-server and its like serve, beside the limits that the pods declare.</summary>
internal static partial class PodMetricsReading
{
    private const string Group = "metrics.k8s.io";

    /// <summary>Asks for the metrics of the namespace.</summary>
    public static async Task<IReadOnlyList<PodMetrics>> ReadAsync(k8s.Kubernetes client, KubernetesDefinition definition, CancellationToken cancel)
    {
        try
        {
            PodMetricsList metrics = await client.CustomObjects.ListNamespacedCustomObjectAsync<PodMetricsList>(
                Group, "v1beta1", definition.Namespace, "pods", labelSelector: definition.Selector, cancellationToken: cancel).ConfigureAwait(false);
            return metrics?.Items is { } items ? [.. items] : throw KubernetesErrors.SomethingElse(client.BaseUri);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
        {
            throw new AcodeException(
                "KubernetesMetricsMissing", FailureClass.NotFound, $"The cluster has no metrics of pods: nothing answers for {Group} (HTTP {(int)e.Response.StatusCode}).")
            {
                Advice = "Have metrics-server installed in the cluster, or look at why it does not run.",
                Subject = definition,
            };
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            throw new AcodeException("KubernetesAccessDenied", FailureClass.Permission, $"Kubernetes does not let us read the metrics of pods in '{definition.Namespace}'.")
            {
                Advice = $"Grant get and list on pods of {Group} in '{definition.Namespace}' to our account, nothing more.",
                Subject = definition,
            };
        }
    }

    /// <summary>The containers' usage. A pod without metrics yet, or one that ended meanwhile, is left out.</summary>
    public static IReadOnlyList<PodUsage> Of(IEnumerable<PodMetrics> metrics, IEnumerable<V1Pod> pods)
    {
        Dictionary<(string, string), V1ResourceRequirements?> limits = pods
            .SelectMany(pod => pod.Spec?.Containers ?? [], (pod, container) => (Key: (pod.Metadata?.Name ?? "", container.Name ?? ""), container.Resources))
            .GroupBy(one => one.Key).ToDictionary(same => same.Key, same => (V1ResourceRequirements?)same.First().Resources);
        return
        [
            .. from pod in metrics
               where pod is { Timestamp: not null, Containers: not null } && Window(pod.Window) is not null
               from container in pod.Containers
               let limit = limits.GetValueOrDefault((pod.Metadata?.Name ?? "", container.Name ?? ""))
               where Quantity(container.Usage, "cpu") is not null && Quantity(container.Usage, "memory") is not null
               select new PodUsage
               {
                   Pod = ServerText.Shown(pod.Metadata?.Name ?? "unnamed"),
                   Container = ServerText.Shown(container.Name ?? "unnamed"),
                   Cores = Quantity(container.Usage, "cpu")!.Value,
                   MemoryBytes = Quantity(container.Usage, "memory")!.Value,
                   CoreLimit = Quantity(limit?.Limits, "cpu"),
                   MemoryLimitBytes = Quantity(limit?.Limits, "memory"),
                   At = new DateTimeOffset(DateTime.SpecifyKind(pod.Timestamp!.Value.ToUniversalTime(), DateTimeKind.Utc)),
                   Window = Window(pod.Window)!.Value,
               },
        ];
    }

    private static double? Quantity(IDictionary<string, ResourceQuantity>? of, string name) =>
        of?.TryGetValue(name, out ResourceQuantity? quantity) == true && quantity is not null ? (double)quantity.ToDecimal() : null;

    // As Go writes a duration: 30s, 1m0s, 14.5s, 500ms.
    private static TimeSpan? Window(string? text)
    {
        if (text is null || GoDuration().Match(text) is not { Success: true } match || match.Length == 0)
        {
            return null;
        }

        double Part(string name) => match.Groups[name] is { Success: true, Value: var value } ? double.Parse(value, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromSeconds((Part("h") * 3_600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1_000));
    }

    [GeneratedRegex(@"^(?:(?<h>\d{1,4})h)?(?:(?<m>\d{1,4})m(?!s))?(?:(?<s>\d{1,6}(?:\.\d{1,9})?)s)?(?:(?<ms>\d{1,6}(?:\.\d{1,9})?)ms)?$")]
    private static partial Regex GoDuration();
}
