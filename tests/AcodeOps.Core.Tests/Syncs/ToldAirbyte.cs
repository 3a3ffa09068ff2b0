using AcodeOps.Configuration;

namespace AcodeOps.Core.Tests.Syncs;

/// <summary>An Airbyte that tells what a test tells it to; what makes it fail is thrown.</summary>
internal sealed class ToldAirbyte(params Connection[] connections) : IAirbyteServer
{
    public Dictionary<Guid, Sync[]> Syncs { get; } = [];

    public List<AirbyteDestination> Destinations { get; } = [Installed.Lake, Installed.BackupLake];

    public AcodeException? SyncFailure { get; init; }

    public int Listings { get; private set; }

    public IAirbyteResources Resources => throw new NotSupportedException();

    public Task<AirbyteInstance> ReadInstanceAsync(CancellationToken cancel) => Task.FromResult(new AirbyteInstance("2.0.0", "community", "simple"));

    public Task AuthenticateAsync(CancellationToken cancel) => Task.CompletedTask;

    public async IAsyncEnumerable<Connection> ListConnectionsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        Listings++;
        await Task.Yield();
        foreach (Connection connection in connections)
        {
            yield return connection;
        }
    }

    public Task<Connection?> ReadConnectionAsync(Guid connectionId, CancellationToken cancel) =>
        Task.FromResult(connections.FirstOrDefault(c => c.ConnectionId == connectionId));

    public Task<AirbyteDestination?> ReadDestinationAsync(Guid destinationId, CancellationToken cancel) =>
        Task.FromResult(Destinations.FirstOrDefault(d => d.DestinationId == destinationId));

    public Task<AirbyteSource?> ReadSourceAsync(Guid sourceId, CancellationToken cancel) => Task.FromResult<AirbyteSource?>(null);

    public async IAsyncEnumerable<Sync> ListSyncsAsync(Guid connectionId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        await Task.Yield();
        if (SyncFailure is { } failure && connectionId == Installed.BackupConnection.ConnectionId)
        {
            throw failure;
        }

        foreach (Sync sync in Syncs.GetValueOrDefault(connectionId, []))
        {
            yield return sync;
        }
    }

    /// <summary>What the next questions after a job are answered with, in order; what makes one fail throws.</summary>
    public Queue<Func<Sync?>> Job { get; } = [];

    public Task<Sync?> ReadSyncAsync(long jobId, CancellationToken cancel) => Task.FromResult(Job.Dequeue()());

    public Task<Connection> SetStatusAsync(Guid connectionId, ConnectionStatus status, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Connection> CopyConnectionAsync(Guid connectionId, string name, string prefix, CancellationToken cancel) => throw new NotSupportedException();

    public Task DeleteConnectionAsync(Guid connectionId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Sync> StartSyncAsync(Guid connectionId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Sync> CancelSyncAsync(long jobId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<string?> ReadSpecificationAsync(ConfiguredKind kind, Guid definitionId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<SyncState> ReadStateAsync(Guid connectionId, CancellationToken cancel) => throw new NotSupportedException();

    public Task WriteStateAsync(Guid connectionId, SyncState state, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
