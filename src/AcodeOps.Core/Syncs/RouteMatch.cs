namespace AcodeOps.Syncs;

/// <summary>Finds a route's connection among Airbyte's, by id or by name.</summary>
public static class RouteMatch
{
    /// <summary>The connection that the route means; null when there is none.</summary>
    /// <exception cref="AcodeException"><c>RouteAmbiguous</c> (Conflict): several have the name. Airbyte does not keep names unique.</exception>
    public static Connection? Find(RouteDefinition route, IReadOnlyCollection<Connection> connections)
    {
        List<Connection> found =
        [
            .. connections.Where(c => c.Status != ConnectionStatus.Deprecated && route.Means(c.Name, c.ConnectionId)),
        ];
        return found.Count <= 1 ? found.FirstOrDefault() : throw new AcodeException(
            "RouteAmbiguous", FailureClass.Conflict,
            $"Route '{route.Name}' means the connection '{route.Connection}', and Airbyte has {found.Count} of that name: "
            + $"{string.Join(", ", found.Select(c => $"{c.ConnectionId} ({c.Status})"))}.")
        {
            Advice = $"Write the id instead of the name at route '{route.Name}' in the environment file.",
            Subject = route,
            IsFatal = false,
        };
    }

    /// <summary>The connection of the one route that is active.</summary>
    /// <exception cref="AcodeException"><c>NoActiveRoute</c>, <c>TwoActiveRoutes</c> (Conflict), <c>RouteAmbiguous</c>.</exception>
    public static async Task<Connection> FindActiveAsync(IInstallation installation, CancellationToken cancel)
    {
        List<Connection> connections = [];
        await foreach (Connection connection in installation.Airbyte.ListConnectionsAsync(cancel).ConfigureAwait(false))
        {
            connections.Add(connection);
        }

        Connection[] active =
        [
            .. installation.Environment.Routes.Select(route => Find(route, connections)).OfType<Connection>()
                .Where(connection => connection.Status == ConnectionStatus.Active).Distinct(),
        ];
        return active.Length == 1 ? active[0] : throw new AcodeException(
            active.Length == 0 ? "NoActiveRoute" : "TwoActiveRoutes", FailureClass.Conflict,
            active.Length == 0
                ? $"No route of the environment '{installation.Environment}' is active."
                : $"{active.Length} routes of the environment '{installation.Environment}' are active, and only one may be: "
                    + $"{string.Join(", ", active.Select(c => c.Name))}.")
        {
            Advice = "`Get-AcodeRoute` shows the routes as they stand; name the connection that you mean.",
            Subject = installation.Environment,
        };
    }

    /// <summary>What to do about a route without a connection.</summary>
    public static string MissingRemedy(RouteDefinition route) =>
        $"Create a connection '{route.Connection}' from the {route.Source} source to the {route.Storage} storage in Airbyte, inactive, "
        + "or correct the name in the environment file: `Get-AcodeConnection` lists what Airbyte has.";
}
