
namespace AcodeOps.Adapters.Kubernetes;

internal sealed class KubernetesCluster(KubernetesDefinition definition) : ICluster
{
    public Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancel) => throw new NotImplementedException(definition.Namespace);
}
