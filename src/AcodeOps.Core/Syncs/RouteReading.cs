namespace AcodeOps.Syncs;

/// <summary>All that Airbyte tells of one route. What could not be read is null, and <see cref="Problem"/> says why.</summary>
public sealed record RouteReading
{
    /// <summary>The route as the environment defines it.</summary>
    public required RouteDefinition Definition { get; init; }

    /// <summary>The route as it stands.</summary>
    public required Route Route { get; init; }

    /// <summary>Its connection; null when Airbyte has none, or more than one of the name.</summary>
    public Connection? Connection { get; init; }

    /// <summary>The source that the connection reads.</summary>
    public AirbyteSource? Source { get; init; }

    /// <summary>The destination that the connection writes.</summary>
    public AirbyteDestination? Destination { get; init; }

    /// <summary>The newest jobs that move rows, newest first: enough to find the last success behind what came after it.</summary>
    public IReadOnlyList<Sync> Syncs { get; init; } = [];

    /// <summary>Why the reading is not whole; null when it is.</summary>
    public AcodeException? Problem { get; init; }
}
