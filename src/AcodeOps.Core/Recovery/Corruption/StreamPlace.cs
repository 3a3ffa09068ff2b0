using AcodeOps.Health;
using AcodeOps.Health.Probes;
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

    /// <summary>Where the active route, or else the preferred one, lands a table.</summary>
    /// <exception cref="AcodeException"><c>RouteMissing</c>, or Airbyte's failure.</exception>
    public static async Task<StreamPlace> WritingAsync(HealthContext context, TableDefinition table)
    {
        IReadOnlyList<RouteReading> routes = await context.RoutesAsync().ConfigureAwait(false);
        RouteReading[] active = [.. routes.Where(route => route.Route.IsActive)];
        return Of(active.Length > 0 ? active : routes.Take(1)).FirstOrDefault(place => place.Stream.Name.Equals(table.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw new AcodeException("RouteMissing", FailureClass.NotFound, $"No route is known to write {table} to the lake.")
            {
                Advice = "Get-AcodeRoute tells what is missing.",
                Subject = table,
                IsFatal = false,
            };
    }

    /// <summary>The place of one stream.</summary>
    public static StreamPlace Of(PlannedRoute route, ConnectionStream stream) => new(route, stream, LandingPath.FolderOf(route.Connection, stream, route.Destination));

    /// <summary>The folder for people: up to where the name of a partition begins.</summary>
    public string Shown => Folder[..(Folder.LastIndexOf('/') + 1)];

    /// <summary>The day that a key names; null where it names none.</summary>
    public DateOnly? DayOf(string key) => LandingPath.DayOf(Route.Connection, Stream, Route.Destination, key);

    /// <summary>The prefix of a day's objects; null where the path does not tell days apart.</summary>
    public string? PrefixOf(DateOnly day) => LandingPath.PrefixOf(Route.Connection, Stream, Route.Destination, day) is (var prefix, true) ? prefix : null;
}
