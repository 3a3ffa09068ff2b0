using AcodeOps.Audit;
using AcodeOps.Core.Tests.Audit;
using AcodeOps.Notifications;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>A real installation, but that its audit storage and the lease's are in memory.</summary>
internal sealed class RememberingInstallation(IInstallation real) : IInstallation
{
    private readonly MemoryStore _audit = new();
    private readonly MemoryStore _lease = new();

    public AcodeEnvironment Environment => real.Environment;

    public TimeProvider Clock => real.Clock;

    public ICredentialStore Credentials => real.Credentials;

    public ICallerIdentity Caller => real.Caller;

    public IAirbyteServer Airbyte => real.Airbyte;

    public ICluster? Cluster => real.Cluster;

    public IIdentifierSource Identifiers => real.Identifiers;

    public IAuditSpool AuditSpool => real.AuditSpool;

    public IJournalFolder Journals => real.Journals;

    public IMachine Machine => real.Machine;

    public ILakeReader Lake => real.Lake;

    public ILakeWriter LakeWriter => real.LakeWriter;

    public INotifier Notifier => real.Notifier;

    public ISource Source(SourceRole role) => real.Source(role);

    public IObjectStore Storage(StorageRole role) => role switch
    {
        StorageRole.Audit => _audit,
        StorageRole.Emergency => _lease,
        _ => real.Storage(role),
    };

    public ValueTask DisposeAsync() => real.DisposeAsync();
}
