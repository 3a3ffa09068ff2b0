using AcodeOps.Routing;
using AcodeOps.Syncs;

namespace AcodeOps.Deployment;

/// <summary>What a sync has written, stream by stream.</summary>
/// <param name="Route">The route.</param>
/// <param name="Sync">The sync.</param>
/// <param name="Streams">Its streams.</param>
internal sealed record WrittenStreams(RouteReading Route, Sync Sync, IReadOnlyList<WrittenStream> Streams)
{
    /// <summary>Where it lands.</summary>
    public string Location => Route.Route.Location ?? "a location that is not known";
}

/// <summary>What a sync has written of a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Objects">How many objects.</param>
/// <param name="Newest">The newest of them; null for none.</param>
internal sealed record WrittenStream(ConnectionStream Stream, int Objects, StoredObject? Newest);

/// <summary>Finds what the judged sync has written, once for all items of a round.</summary>
internal static class WrittenObjectsOfSync
{
    // Clocks of this machine and of the storage may differ by so much.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    /// <summary>Finds it.</summary>
    /// <exception cref="AcodeException"><c>SyncNotSucceeded</c> (Refused): what a failed sync leaves is half-written; or why it could not be looked at.</exception>
    public static async Task<WrittenStreams> WrittenAsync(this DeploymentContext context)
    {
        DeploymentSync sync = await context.SyncAsync().ConfigureAwait(false);
        if (sync.Sync is not { Status: SyncStatus.Succeeded, StartedAt: not null } || PlannedRoute.Of(sync.Route) is not { } route)
        {
            throw new AcodeException("SyncNotSucceeded", FailureClass.Refused, $"What {sync.Sync} has written is not judged: it has not succeeded.")
            {
                Advice = "See the check Deployment sync.",
                Subject = sync.Sync,
            };
        }

        return await context.Health.OnceAsync(typeof(WrittenStreams), async cancel =>
        {
            IObjectStore store = context.Installation.Storage(route.Route.Storage);
            DateTimeOffset from = JobWindow.Start(sync.Sync, sync.Before);
            WrittenStream[] streams = await Task.WhenAll(route.Connection.Streams.Select(async stream =>
            {
                List<StoredObject> found = await LandedObjects.FindAsync(store, route, stream, from, until: null, context.Now + ClockSlack, cancel).ConfigureAwait(false);
                return new WrittenStream(stream, found.Count, found.Where(stored => stored.SizeBytes > 0).MaxBy(stored => stored.ModifiedAt));
            })).ConfigureAwait(false);
            return new WrittenStreams(sync.Route, sync.Sync, streams);
        }).ConfigureAwait(false);
    }
}
