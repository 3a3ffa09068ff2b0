using System.Diagnostics;
using AcodeOps.Audit;
using AcodeOps.Notifications;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>An installation whose process dies, by SIGKILL, at one of the writes into the journal: right before it, or right after.</summary>
internal sealed class KillingInstallation(IInstallation real, int write, bool before) : IInstallation
{
    public AcodeEnvironment Environment => real.Environment;

    public TimeProvider Clock => real.Clock;

    public ICredentialStore Credentials => real.Credentials;

    public ICallerIdentity Caller => real.Caller;

    public IAirbyteServer Airbyte => real.Airbyte;

    public ICluster? Cluster => real.Cluster;

    public IIdentifierSource Identifiers => real.Identifiers;

    public IAuditSpool AuditSpool => real.AuditSpool;

    public IJournalFolder Journals { get; } = new KillingJournals(real.Journals, write, before);

    public IMachine Machine => real.Machine;

    public ILakeReader Lake => real.Lake;

    public ILakeWriter LakeWriter => real.LakeWriter;

    public INotifier Notifier => real.Notifier;

    public ISource Source(SourceRole role) => real.Source(role);

    public IObjectStore Storage(StorageRole role) => real.Storage(role);

    public ValueTask DisposeAsync() => real.DisposeAsync();

    private sealed class KillingJournals(IJournalFolder real, int write, bool before) : IJournalFolder
    {
        private int _writes;

        public async Task AppendAsync(string runId, ReadOnlyMemory<byte> line, CancellationToken cancel)
        {
            bool isTheOne = Interlocked.Increment(ref _writes) == write;
            if (isTheOne && before)
            {
                Die();
            }

            await real.AppendAsync(runId, line, cancel);
            if (isTheOne)
            {
                Die();
            }
        }

        public Task<IReadOnlyList<byte[]>> ReadAsync(string runId, CancellationToken cancel) => real.ReadAsync(runId, cancel);

        public IAsyncEnumerable<string> ListAsync(CancellationToken cancel) => real.ListAsync(cancel);

        private static void Die()
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
