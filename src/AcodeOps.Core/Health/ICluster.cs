namespace AcodeOps;

/// <summary>The Kubernetes namespace that runs Airbyte, read-only.</summary>
public interface ICluster
{
    /// <summary>The pods of the namespace.</summary>
    Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel);

    /// <summary>Whether this identity may do something in the namespace, as the cluster itself tells (SelfSubjectAccessReview).</summary>
    /// <param name="verb">The verb: <c>list</c>.</param>
    /// <param name="resource">The resource, of the core group: <c>pods</c>.</param>
    /// <param name="cancel">Ends it.</param>
    Task<bool> MayAsync(string verb, string resource, CancellationToken cancel) => throw new NotSupportedException();
}

/// <summary>A pod: phase as Kubernetes names it, readiness, restarts, and the reason it waits or died for.</summary>
public sealed record Pod(string Name, string Phase, bool IsReady, int Restarts, string? Reason, DateTimeOffset? StartedAt);
