namespace AcodeOps;

/// <summary>The Kubernetes namespace that runs Airbyte, read-only.</summary>
public interface ICluster
{
    /// <summary>The pods of the namespace.</summary>
    Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel);
}

/// <summary>A pod: phase as Kubernetes names it, readiness, restarts, and the reason it waits or died for.</summary>
public sealed record Pod(string Name, string Phase, bool IsReady, int Restarts, string? Reason, DateTimeOffset? StartedAt);
