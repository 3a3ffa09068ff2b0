using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>A step of a switch.</summary>
internal abstract class FailoverStep(FailoverPlan plan) : RunbookStep
{
    /// <summary>What was consented to.</summary>
    protected FailoverPlan Plan { get; } = plan;

    /// <summary>The routes whose connections may have been written by before: those to be switched off, and the one that wrote last.</summary>
    protected IEnumerable<PlannedRoute> OldRoutes => Plan.From.Append(Plan.Origin).OfType<PlannedRoute>().DistinctBy(r => r.Connection.ConnectionId);

    /// <summary>What the audit trail is told of a change to a connection.</summary>
    protected AuditEvent Modified(PlannedRoute route, string change) => new()
    {
        EventType = AuditEventType.ConnectionModified,
        Subject = $"Connection {route.Connection.Name}",
        Reason = Plan.Title,
        Details = new Dictionary<string, object?> { ["change"] = change, ["connectionId"] = route.Connection.ConnectionId.ToString(), ["route"] = route.Route.Name, ["step"] = Name },
    };

    /// <summary>A connection as it is now.</summary>
    /// <exception cref="AcodeException"><c>RouteMissing</c>: it was deleted meanwhile.</exception>
    protected static async Task<Connection> ReadAsync(StepContext context, PlannedRoute route, CancellationToken cancel) =>
        await context.PersistAsync(c => context.Installation.Airbyte.ReadConnectionAsync(route.Connection.ConnectionId, c), cancel).ConfigureAwait(false)
        ?? throw new AcodeException("RouteMissing", FailureClass.NotFound, $"The connection '{route.Connection.Name}' of route '{route}' was deleted in Airbyte.")
        {
            Subject = route.Route,
        };

    /// <summary>The newest sync of a connection, of any kind; null when there was none.</summary>
    protected static Task<Sync?> NewestSyncAsync(StepContext context, PlannedRoute route, CancellationToken cancel) => context.NewestSyncAsync(route.Connection.ConnectionId, cancel);
}
