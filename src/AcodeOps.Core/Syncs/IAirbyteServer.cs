namespace AcodeOps;

/// <summary>
/// The Airbyte server, as far as health needs it. Every failure is an <see cref="AcodeException"/> with its class: an
/// HTML page or a proxy's 502 is never taken for an answer of Airbyte's.
/// </summary>
public interface IAirbyteServer : IAsyncDisposable
{
    /// <summary>Version, edition and way of authentication; needs no authentication itself.</summary>
    Task<AirbyteInstance> ReadInstanceAsync(CancellationToken cancel);

    /// <summary>Proves that we are let in.</summary>
    /// <exception cref="AcodeException"><c>AirbyteAuthenticationFailed</c> (Authentication).</exception>
    Task AuthenticateAsync(CancellationToken cancel);

    /// <summary>All connections (of the environment's workspace, where it names one), page by page.</summary>
    IAsyncEnumerable<Connection> ListConnectionsAsync(CancellationToken cancel = default);

    /// <summary>One connection by id; null when Airbyte has none.</summary>
    Task<Connection?> ReadConnectionAsync(Guid connectionId, CancellationToken cancel);

    /// <summary>A destination's settings, secrets masked; null when Airbyte has none.</summary>
    Task<AirbyteDestination?> ReadDestinationAsync(Guid destinationId, CancellationToken cancel);

    /// <summary>A source's settings, secrets masked; null when Airbyte has none.</summary>
    Task<AirbyteSource?> ReadSourceAsync(Guid sourceId, CancellationToken cancel);

    /// <summary>The syncs of a connection, newest first.</summary>
    IAsyncEnumerable<Sync> ListSyncsAsync(Guid connectionId, CancellationToken cancel = default);
}
