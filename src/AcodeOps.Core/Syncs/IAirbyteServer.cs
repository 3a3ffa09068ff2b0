using AcodeOps.Configuration;

namespace AcodeOps;

/// <summary>
/// The Airbyte server, as far as operating it needs. Every failure is an <see cref="AcodeException"/> with its class: an
/// HTML page or a proxy's 502 is never taken for an answer of Airbyte's.
/// </summary>
public interface IAirbyteServer : IAsyncDisposable
{
    /// <summary>Its sources, destinations and connections, whole, to be compared and changed.</summary>
    IAirbyteResources Resources { get; }

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

    /// <summary>What the server's own version of a connector takes as its settings: its JSON schema; null when Airbyte has no such connector.</summary>
    /// <param name="kind">Source or Destination.</param>
    /// <param name="definitionId">The connector.</param>
    /// <param name="cancel">Ends the request.</param>
    Task<string?> ReadSpecificationAsync(ConfiguredKind kind, Guid definitionId, CancellationToken cancel);

    /// <summary>The syncs of a connection, newest first.</summary>
    IAsyncEnumerable<Sync> ListSyncsAsync(Guid connectionId, CancellationToken cancel = default);

    /// <summary>One sync by its id; null when Airbyte has none.</summary>
    Task<Sync?> ReadSyncAsync(long jobId, CancellationToken cancel);

    /// <summary>Switches a connection on or off, and nothing else of it. A running sync goes on.</summary>
    /// <returns>The connection as it is then.</returns>
    /// <exception cref="AcodeException"><c>ConnectionLocked</c> (Conflict): Airbyte does not let it be changed.</exception>
    Task<Connection> SetStatusAsync(Guid connectionId, ConnectionStatus status, CancellationToken cancel);

    /// <summary>
    /// Makes a connection with the source, the destination and the streams of another: active, without a schedule, and without
    /// a state, so that it reads from the beginning what the other reads on from a cursor. Not idempotent, and never repeated by
    /// itself: after an outage class it is unknown whether one was made, and the caller must look.
    /// </summary>
    /// <param name="connectionId">The other connection; nothing of it changes.</param>
    /// <param name="name">The new one's name.</param>
    /// <param name="prefix">What the new one puts before every stream's name at the destination.</param>
    /// <param name="cancel">Ends the request.</param>
    Task<Connection> CopyConnectionAsync(Guid connectionId, string name, string prefix, CancellationToken cancel);

    /// <summary>Deletes a connection, and nothing that it wrote. One that is deleted, or never was, is no error.</summary>
    Task DeleteConnectionAsync(Guid connectionId, CancellationToken cancel);

    /// <summary>
    /// Starts a sync. Not idempotent, and never repeated by itself: after an outage class it is unknown whether one was
    /// started, and the caller must look.
    /// </summary>
    /// <exception cref="AcodeException"><c>SyncRunning</c> (Conflict): one runs or waits already. <c>ConnectionInactive</c> (Conflict): the connection is not active.</exception>
    Task<Sync> StartSyncAsync(Guid connectionId, CancellationToken cancel);

    /// <summary>Asks for the end of a sync. What comes back may still be running: Airbyte ends it in its own time. One that has ended already is returned as it is.</summary>
    Task<Sync> CancelSyncAsync(long jobId, CancellationToken cancel);

    /// <summary>The state that Airbyte keeps for a connection.</summary>
    /// <exception cref="AcodeException"><c>SyncStateUnavailable</c> (NotFound, Permission): this Airbyte does not show states, or not to us.</exception>
    Task<SyncState> ReadStateAsync(Guid connectionId, CancellationToken cancel);

    /// <summary>Replaces the state of the streams that are given; a stream with null is set back to none. Streams that are not given keep theirs.</summary>
    /// <exception cref="AcodeException"><c>SyncRunning</c> (Conflict): a sync runs. <c>SyncStateUnavailable</c>: as when reading.</exception>
    Task WriteStateAsync(Guid connectionId, SyncState state, CancellationToken cancel);
}
