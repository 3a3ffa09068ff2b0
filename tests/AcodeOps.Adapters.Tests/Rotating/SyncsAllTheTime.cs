namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>Somebody who syncs a connection again and again, whatever else is done.</summary>
internal sealed class SyncsAllTheTime : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<List<Sync>> _work;
    private int _begun;

    public SyncsAllTheTime(RotatingSite site) => _work = WorkAsync(site.Installation.Airbyte, site.ConnectionId);

    /// <summary>Returns once a sync has begun.</summary>
    public async Task BegunAsync(CancellationToken cancel)
    {
        while (Volatile.Read(ref _begun) == 0 && !_work.IsCompleted)
        {
            await Task.Delay(20, cancel);
        }
    }

    /// <summary>Ends, and tells how every sync of the connection ended.</summary>
    public async Task<IReadOnlyList<Sync>> EndAsync()
    {
        await _stop.CancelAsync();
        return await _work;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task<List<Sync>> WorkAsync(IAirbyteServer airbyte, Guid connection)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await airbyte.StartSyncAsync(connection, CancellationToken.None);
                Interlocked.Increment(ref _begun);
            }
            catch (AcodeException running) when (running.Id == "SyncRunning")
            {
                await Task.Delay(50);
            }
        }

        while (true)
        {
            List<Sync> all = await airbyte.ListSyncsAsync(connection, CancellationToken.None).ToListAsync(CancellationToken.None);
            if (all.All(sync => sync.IsTerminal))
            {
                return all;
            }

            await Task.Delay(50);
        }
    }
}
