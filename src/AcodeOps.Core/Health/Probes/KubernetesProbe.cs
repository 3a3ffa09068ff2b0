namespace AcodeOps.Health.Probes;

/// <summary>Airbyte's pods: ready, not restarting, none failed.</summary>
public sealed class KubernetesProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Kubernetes;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Kubernetes is { } cluster ? [cluster.Namespace] : [];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        // The target is there only where the environment names a cluster.
        IReadOnlyList<Pod> pods = await context.Installation.Cluster!.ListPodsAsync(cancel).ConfigureAwait(false);
        return PodJudgement.Judge(context.Environment.Kubernetes!, pods, context.Now);
    }
}
