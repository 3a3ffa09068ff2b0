using System.Collections.Concurrent;

namespace AcodeOps.Audit;

/// <summary>The chains of a session: one for each trail that it writes to. Safe for concurrent use.</summary>
public sealed class AuditChains
{
    private readonly ConcurrentDictionary<(Uri? Endpoint, string? Region, string Bucket, string Prefix), AuditChain> _chains = new();

    /// <summary>The chain in the trail of an environment. Environments that share a bucket and its prefix share their trail.</summary>
    public AuditChain Of(AcodeEnvironment environment, StorageDefinition storage) => _chains.GetOrAdd(
        (environment.Aws.Endpoints.S3, storage.Region ?? environment.Aws.Region, storage.Bucket, storage.Prefix), _ => new AuditChain());
}
