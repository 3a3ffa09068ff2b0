using AcodeOps.Documents;

namespace AcodeOps;

/// <summary>The Kubernetes namespace that runs Airbyte: read-only, but for pods that have failed.</summary>
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

    /// <summary>The pods of the namespace that have failed, by the cluster's own field selector; whatever they belong to.</summary>
    Task<IReadOnlyList<FailedPod>> ListFailedPodsAsync(CancellationToken cancel);

    /// <summary>What a container of a pod has written, the end of it where it is much; null where there is nothing.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="cancel">Ends it.</param>
    Task<string?> ReadLogAsync(FailedPod pod, string container, CancellationToken cancel);

    /// <summary>Deletes a pod: that one, never another of its name. One that is gone is no error.</summary>
    Task DeletePodAsync(FailedPod pod, CancellationToken cancel);
}

/// <summary>A pod: phase as Kubernetes names it, readiness, restarts, and the reason it waits or died for.</summary>
public sealed record Pod(string Name, string Phase, bool IsReady, int Restarts, string? Reason, DateTimeOffset? StartedAt);

/// <summary>A pod that has failed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Uid">What tells it from another of that name.</param>
/// <param name="Reason">Why it failed, as Kubernetes names it; null where it does not say.</param>
/// <param name="EndedAt">When its last container ended, or else when it was made.</param>
/// <param name="Containers">Its containers, those that begin first first.</param>
public sealed record FailedPod(string Name, string Uid, string? Reason, DateTimeOffset EndedAt, IReadOnlyList<string> Containers)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"Pod {Printable.Of(Name)}, failed {EndedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(Reason is null ? "" : $" ({Printable.Of(Reason)})")}");
}
