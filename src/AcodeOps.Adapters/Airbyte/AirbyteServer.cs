using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Airbyte;

internal sealed class AirbyteServer(AirbyteDefinition definition, ICredentialStore credentials, TimeProvider clock) : IAirbyteServer
{
    public Task<AirbyteInstance> ReadInstanceAsync(CancellationToken cancel) => throw new NotImplementedException($"{definition}{credentials}{clock}");
    public Task AuthenticateAsync(CancellationToken cancel) => throw new NotImplementedException();
    public IAsyncEnumerable<Connection> ListConnectionsAsync(CancellationToken cancel = default) => throw new NotImplementedException();
    public Task<Connection?> ReadConnectionAsync(Guid connectionId, CancellationToken cancel) => throw new NotImplementedException();
    public Task<AirbyteDestination?> ReadDestinationAsync(Guid destinationId, CancellationToken cancel) => throw new NotImplementedException();
    public Task<AirbyteSource?> ReadSourceAsync(Guid sourceId, CancellationToken cancel) => throw new NotImplementedException();
    public IAsyncEnumerable<Sync> ListSyncsAsync(Guid connectionId, CancellationToken cancel = default) => throw new NotImplementedException();
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
