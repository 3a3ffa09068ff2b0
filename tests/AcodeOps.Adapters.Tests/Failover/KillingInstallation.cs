using System.Diagnostics;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>An installation whose process dies, by SIGKILL, at one of the writes into the journal: right before it, or right after.</summary>
internal sealed class KillingInstallation(IInstallation real, int write, bool before) : DelegatingInstallation(real)
{
    public override IJournalFolder Journals { get; } = new KillingJournals(real.Journals, write, before);

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
