using AcodeOps.Audit;
using AcodeOps.Notifications;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Exporting;

/// <summary>An installation that measures what is in memory each time that a file is to be made.</summary>
internal sealed class MeasuredInstallation(IInstallation real) : IInstallation, ILakeWriter
{
    /// <summary>The bytes that were in use.</summary>
    public List<long> Seen { get; } = [];

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

    public ILakeWriter LakeWriter => this;

    public INotifier Notifier => real.Notifier;

    public ISource Source(SourceRole role) => real.Source(role);

    public IObjectStore Storage(StorageRole role) => real.Storage(role);

    public Task<ReadOnlyMemory<byte>> WriteAsync(IReadOnlyList<RowColumn> columns, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        Seen.Add(GC.GetTotalMemory(forceFullCollection: true));
        return real.LakeWriter.WriteAsync(columns, rows, cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
