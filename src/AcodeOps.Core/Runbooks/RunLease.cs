namespace AcodeOps.Runbooks;

/// <summary>A run's lease, or the consent to go without one.</summary>
internal sealed class RunLease : IAsyncDisposable
{
    private bool _isReleased;

    private RunLease(Lease? lease) => Lease = lease;

    /// <summary>The lease; null for a run without one.</summary>
    public Lease? Lease { get; }

    public static async Task<RunLease> TakeAsync(IInstallation installation, string runId, string title, RunOptions options, CancellationToken cancel) =>
        new(options.WithoutLease ? null : await Lease.AcquireAsync(installation, runId, title, cancel).ConfigureAwait(false));

    /// <summary>Lets go of it, once.</summary>
    /// <returns>What the operator should know of it; null for nothing.</returns>
    public async Task<string?> ReleaseAsync()
    {
        if (Lease is null)
        {
            return "This run went without the lease: nothing kept another operator out.";
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
