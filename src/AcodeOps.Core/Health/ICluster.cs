namespace AcodeOps;

/// <summary>The Kubernetes namespace that runs Airbyte, read-only.</summary>
public interface ICluster
{
    /// <summary>The pods of the namespace.</summary>
    Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel);

    /// <summary>Whether this identity may do something in the namespace, as the cluster itself tells (SelfSubjectAccessReview).</summary>
    /// <param name="verb">The verb: <c>list</c>.</param>
    /// <param name="group">The API group of the resource; empty for the core group.</param>
    /// <param name="resource">The resource: <c>pods</c>.</param>
    /// <param name="cancel">Ends it.</param>
    Task<bool> MayAsync(string verb, string group, string resource, CancellationToken cancel);

    /// <summary>What the pods' containers use, by the cluster's metrics.</summary>
    /// <exception cref="AcodeException"><c>KubernetesMetricsMissing</c>: the cluster has none, as nothing measures it.</exception>
    Task<IReadOnlyList<PodUsage>> ReadUsageAsync(CancellationToken cancel);
}

/// <summary>A pod: phase as Kubernetes names it, readiness, restarts, and the reason it waits or died for.</summary>
public sealed record Pod(string Name, string Phase, bool IsReady, int Restarts, string? Reason, DateTimeOffset? StartedAt);
