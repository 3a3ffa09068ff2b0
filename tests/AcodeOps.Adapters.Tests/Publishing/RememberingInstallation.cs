using AcodeOps.Core.Tests.Audit;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>A real installation, but that its audit storage and the lease's are in memory.</summary>
internal sealed class RememberingInstallation(IInstallation real) : DelegatingInstallation(real)
{
    private readonly MemoryStore _audit = new();
    private readonly MemoryStore _lease = new();

    public override IObjectStore Storage(StorageRole role) => role switch
    {
        StorageRole.Audit => _audit,
        StorageRole.Emergency => _lease,
        _ => base.Storage(role),
    };
}
