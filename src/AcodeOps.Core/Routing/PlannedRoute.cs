using AcodeOps.Syncs;

namespace AcodeOps;

/// <summary>A route as it stood when a switch was planned, with all that its steps need to know of it.</summary>
public sealed record PlannedRoute
{
    /// <summary>The route.</summary>
    public required Route Route { get; init; }

    /// <summary>Its connection.</summary>
    public required Connection Connection { get; init; }

    /// <summary>Where the connection writes.</summary>
    public required AirbyteDestination Destination { get; init; }

    /// <summary>The database that the connection reads; null where Airbyte does not tell.</summary>
    public string? Database { get; init; }

    /// <summary>How the source is read: <c>STANDARD</c> or <c>CDC</c>; null where Airbyte does not tell.</summary>
    public string? ReplicationMethod { get; init; }

    /// <summary>Its streams that read a whole snapshot each time.</summary>
    internal IEnumerable<ConnectionStream> SnapshotStreams => Connection.Streams.Where(s => !s.IsIncremental);

    /// <summary>Its streams that read on from a cursor.</summary>
    internal IEnumerable<ConnectionStream> IncrementalStreams => Connection.Streams.Where(s => s.IsIncremental);

    /// <inheritdoc />
    public override string ToString() => Route.Name;

    /// <summary>The namespace that Airbyte's states of this connection name for a stream.</summary>
    internal string? NamespaceOf(ConnectionStream stream) => stream.Namespace ?? Database;

    /// <summary>Of a reading; null when something is missing that a switch needs.</summary>
    internal static PlannedRoute? Of(RouteReading reading) => reading is { Connection: { } connection, Destination: { } destination }
        ? new PlannedRoute { Route = reading.Route, Connection = connection, Destination = destination, Database = reading.Source?.Database, ReplicationMethod = reading.Source?.ReplicationMethod }
        : null;
}
