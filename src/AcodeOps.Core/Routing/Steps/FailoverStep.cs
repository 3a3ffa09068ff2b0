using AcodeOps.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Routing.Steps;

/// <summary>A step of a switch.</summary>
internal abstract class FailoverStep(FailoverPlan plan) : RunbookStep
{
    // How often a job's state is asked for: quickly at first, as most answers come within a second.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

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
    protected static Task<Sync?> NewestSyncAsync(StepContext context, PlannedRoute route, CancellationToken cancel) =>
        context.PersistAsync(c => context.Installation.Airbyte.ReadNewestSyncAsync(route.Connection.ConnectionId, c), cancel);

    /// <summary>Waits until a sync has ended.</summary>
    protected static async Task<Sync> EndOfAsync(StepContext context, Sync sync, Action<Sync> seen, CancellationToken cancel)
    {
        for (TimeSpan pause = FirstPause; !sync.IsTerminal; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            seen(sync);
            await Task.Delay(pause, context.Installation.Clock, cancel).ConfigureAwait(false);
            sync = await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(sync.JobId, c), cancel).ConfigureAwait(false)
                ?? throw new AcodeException("SyncLost", FailureClass.NotFound, $"Airbyte does not know job {sync.JobId} any more.") { Subject = sync };
        }

        seen(sync);
        return sync;
    }

    /// <summary>Asks for the end of a sync, and waits until it has ended.</summary>
    /// <exception cref="AcodeException"><c>SyncStillRunning</c>: Airbyte did not end it in the time allowed.</exception>
    protected static async Task<Sync> CancelAsync(StepContext context, Sync sync, TimeSpan limit, CancellationToken cancel)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limit);
        try
        {
            sync = await context.PersistAsync(c => context.Installation.Airbyte.CancelSyncAsync(sync.JobId, c), time.Token).ConfigureAwait(false);
            return await EndOfAsync(context, sync, s => context.Report($"Waiting for the end of {s}"), time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new AcodeException("SyncStillRunning", FailureClass.Timeout,
                $"Airbyte has not ended job {sync.JobId} within {limit.TotalSeconds:0} s of being asked to: it may still write.")
            {
                Advice = "Look at the job's pod and end it there, then repeat the command.",
                Subject = sync,
            };
        }
    }
}
