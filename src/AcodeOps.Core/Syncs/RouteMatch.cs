namespace AcodeOps.Syncs;

/// <summary>Finds a route's connection among Airbyte's, by id or by name.</summary>
public static class RouteMatch
{
    /// <summary>The connection that the route means; null when there is none.</summary>
    /// <exception cref="AcodeException"><c>RouteAmbiguous</c> (Conflict): several have the name. Airbyte does not keep names unique.</exception>
    public static Connection? Find(RouteDefinition route, IReadOnlyCollection<Connection> connections)
    {
        bool isId = Guid.TryParse(route.Connection, out Guid id);
        List<Connection> found =
        [
            .. connections.Where(c => c.Status != ConnectionStatus.Deprecated)
                .Where(c => isId ? c.ConnectionId == id : string.Equals(c.Name, route.Connection, StringComparison.Ordinal)),
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

    /// <summary>What to do about a route without a connection.</summary>
    public static string MissingRemedy(RouteDefinition route) =>
        $"Create a connection '{route.Connection}' from the {route.Source} source to the {route.Storage} storage in Airbyte, inactive, "
        + "or correct the name in the environment file: `Get-AcodeConnection` lists what Airbyte has.";
}
