using AcodeOps.Recovery.Corruption;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// When other routes have landed whole snapshots in the folder of one route's stream: what lies there since is theirs, and not what a
/// stopped sync of this route left. It comes about where somebody has switched by hand.
/// </summary>
internal sealed class OthersSnapshots
{
    private readonly List<(DateTimeOffset From, DateTimeOffset? Until)> _times = [];

    private OthersSnapshots()
    {
    }

    /// <summary>No other route has landed anything.</summary>
    public static OthersSnapshots None { get; } = new();

    /// <summary>Finds them.</summary>
    /// <param name="context">The step.</param>
    /// <param name="route">The route whose sync was stopped.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="routes">The routes of the switch.</param>
    /// <param name="own">The route's own syncs since its last that succeeded, newest first.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">Airbyte's failure.</exception>
    public static async Task<OthersSnapshots> FindAsync(
        StepContext context, PlannedRoute route, ConnectionStream stream, IEnumerable<PlannedRoute> routes, IReadOnlyList<Sync> own, CancellationToken cancel)
    {
        OthersSnapshots found = new();
        DateTimeOffset since = own.Min(sync => sync.StartedAt) ?? DateTimeOffset.MaxValue;
        foreach (PlannedRoute other in routes.Where(other => WritesSame(other, route, stream)))
        {
            found._times.AddRange(
                from sync in await context.PersistAsync(c => SucceededAsync(context, other, since, c), cancel).ConfigureAwait(false)
                let before = own.Where(mine => mine.StartedAt <= sync.StartedAt).MaxBy(mine => mine.StartedAt)
                let after = own.Where(mine => mine.StartedAt > sync.StartedAt).MinBy(mine => mine.StartedAt)
                // Of two that ran at once it cannot be told which wrote what.
                where before is null || (before.IsTerminal && before.UpdatedAt <= sync.StartedAt)
                select (JobWindow.Start(sync, before), after is null ? (DateTimeOffset?)null : JobWindow.Start(after, sync)));
        }

        return found;
    }

    /// <summary>True of an object that belongs to one of them.</summary>
    public bool Wrote(StoredObject stored) => _times.Any(time => stored.ModifiedAt >= time.From && (time.Until is null || stored.ModifiedAt < time.Until));

    private static bool WritesSame(PlannedRoute other, PlannedRoute route, ConnectionStream stream) =>
        other.Connection.ConnectionId != route.Connection.ConnectionId && other.Route.Storage == route.Route.Storage
        && other.SnapshotStreams.Any(its => its.Name == stream.Name && StreamPlace.Of(other, its).Folder == StreamPlace.Of(route, stream).Folder);

    private static async Task<List<Sync>> SucceededAsync(StepContext context, PlannedRoute other, DateTimeOffset since, CancellationToken cancel)
    {
        List<Sync> found = [];
        await foreach (Sync sync in context.Installation.Airbyte.ListSyncsAsync(other.Connection.ConnectionId, cancel).ConfigureAwait(false))
        {
            if (sync.StartedAt < since)
            {
                break;
            }

            if (sync is { Status: SyncStatus.Succeeded, StartedAt: not null })
            {
                found.Add(sync);
            }
        }

        return found;
    }
}
