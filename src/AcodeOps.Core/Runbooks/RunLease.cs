namespace AcodeOps.Runbooks;

/// <summary>A run's lease, or the consent to go without one.</summary>
internal sealed class RunLease : IAsyncDisposable
{
    private readonly bool _isNeeded;
    private bool _isReleased;

    private RunLease(Lease? lease, bool isNeeded) => (Lease, _isNeeded) = (lease, isNeeded);

    /// <summary>The lease; null for a run without one.</summary>
    public Lease? Lease { get; }

    public static async Task<RunLease> TakeAsync(
        IInstallation installation, Runbook runbook, string runId, string title, RunOptions options, CancellationToken cancel) => new(
            options.WithoutLease || !runbook.Mutates ? null : await Lease.AcquireAsync(installation, runId, title, cancel).ConfigureAwait(false), runbook.Mutates);

    /// <summary>Lets go of it, once.</summary>
    /// <returns>What the operator should know of it; null for nothing.</returns>
    public async Task<string?> ReleaseAsync()
    {
        if (Lease is null)
        {
            return _isNeeded ? "This run went without the lease: nothing kept another operator out." : null;
        }

        if (_isReleased)
        {
            return null;
        }

        _isReleased = true;
        return await Lease.ReleaseAsync().ConfigureAwait(false) is { } failure
            ? $"The lease could not be let go of, and ends by itself: {failure.Message}"
            : null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Lease is not null)
        {
            await ReleaseAsync().ConfigureAwait(false);
            await Lease.DisposeAsync().ConfigureAwait(false);
        }
    }
}
