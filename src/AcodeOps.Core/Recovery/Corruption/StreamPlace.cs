using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>Where a route's stream lands.</summary>
/// <param name="Route">The route with its connection and its destination.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Folder">What the keys of all its objects start with.</param>
internal sealed record StreamPlace(PlannedRoute Route, ConnectionStream Stream, string Folder)
{
    /// <summary>The places of all streams of those routes of which Airbyte tells enough.</summary>
    public static IReadOnlyList<StreamPlace> Of(IEnumerable<RouteReading> routes) =>
    [
        .. from route in routes.Select(PlannedRoute.Of).OfType<PlannedRoute>()
           from stream in route.Connection.Streams
           select Of(route, stream),
    ];

    /// <summary>The place of one stream.</summary>
    public static StreamPlace Of(PlannedRoute route, ConnectionStream stream) => new(route, stream, LandingPath.FolderOf(route.Connection, stream, route.Destination));

    /// <summary>The day that a key names; null where it names none.</summary>
    public DateOnly? DayOf(string key) => LandingPath.DayOf(Route.Connection, Stream, Route.Destination, key);

    /// <summary>The prefix of a day's objects; null where the path does not tell days apart.</summary>
    public string? PrefixOf(DateOnly day) => LandingPath.PrefixOf(Route.Connection, Stream, Route.Destination, day) is (var prefix, true) ? prefix : null;
}
