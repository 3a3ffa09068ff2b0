using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Routing.Steps;

/// <summary>The single-writer invariant, looked at right before a route is switched on.</summary>
internal static class SingleWriter
{
    /// <summary>Makes sure that no other route is active and that no sync of another runs.</summary>
    /// <param name="context">The step.</param>
    /// <param name="writer">The connection that is to be the only one.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>AnotherWriter</c> (Refused): there is one, or it cannot be told.</exception>
    public static async Task EnsureAsync(StepContext context, Guid writer, CancellationToken cancel)
    {
        IAirbyteServer airbyte = context.Installation.Airbyte;
        List<Connection> connections = await context.PersistAsync(
            async c =>
            {
                List<Connection> all = [];
                await foreach (Connection connection in airbyte.ListConnectionsAsync(c).ConfigureAwait(false))
                {
                    all.Add(connection);
                }

                return all;
            },
            cancel).ConfigureAwait(false);
        foreach (RouteDefinition route in context.Installation.Environment.Routes)
        {
            if (RouteMatch.Find(route, connections) is not { } connection || connection.ConnectionId == writer)
            {
                continue;
            }

            if (connection.Status is ConnectionStatus.Active or ConnectionStatus.Unknown)
            {
                throw Another(route, $"its connection is {connection.Status}", connection);
            }

            Sync? newest = await context.PersistAsync(c => airbyte.ReadNewestSyncAsync(connection.ConnectionId, c), cancel).ConfigureAwait(false);
            if (newest is { IsTerminal: false })
            {
                throw Another(route, $"{newest} is not over", connection);
            }
        }
    }

    private static AcodeException Another(RouteDefinition route, string why, Connection connection) => new(
        "AnotherWriter", FailureClass.Refused, $"Route '{route}' may write: {why}. A second one is not switched on.")
    {
        Advice = $"Find out who is at '{connection.Name}' in Airbyte; plan anew once nobody is.",
        Subject = connection,
    };
}
