using System.Runtime.CompilerServices;
using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Routing;
using AcodeOps.Syncs;

namespace AcodeOps.Quality.Reading;

/// <summary>When the objects of a stream were written that have rows of some days: since the first of the days, or of a stream that is read whole each time by the newest sync that succeeded.</summary>
/// <param name="FirstDay">The first day whose folder is listed, UTC.</param>
/// <param name="From">Written then or later.</param>
/// <param name="Until">Written before; null for no end.</param>
/// <param name="IsCertain">False where objects of the sync before may lie in the same second, so that some are left out.</param>
internal sealed record LandingWindow(DateOnly FirstDay, DateTimeOffset From, DateTimeOffset? Until, bool IsCertain)
{
    /// <summary>The route that wrote the snapshot; null where the objects are those of some days.</summary>
    public StreamPlace? Writer { get; private init; }

    /// <summary>Finds it.</summary>
    /// <exception cref="AcodeException"><c>LakeNotByDay</c>, <c>SyncMissing</c>, or Airbyte's failure.</exception>
    public static Task<LandingWindow> FindAsync(HealthContext context, StreamPlace place, DateOnly from, CancellationToken cancel) =>
        !place.Stream.IsIncremental ? SnapshotAsync(context, place, cancel)
        : place.PrefixOf(from) is not null ? Task.FromResult(new LandingWindow(from, DateTimeOffset.MinValue, null, IsCertain: true))
        : throw new AcodeException("LakeNotByDay", FailureClass.InvalidInput, $"The keys below '{place.Folder}' do not begin with their day: the objects of some days cannot be found without listing all.")
        {
            Advice = "Put ${YEAR}, ${MONTH} and ${DAY} first into the destination's path format.",
            Subject = place.Stream,
            IsFatal = false,
        };

    // Routes that write into the same folder replace each other's snapshots: the newest of all is what the lake holds.
    private static async Task<LandingWindow> SnapshotAsync(HealthContext context, StreamPlace place, CancellationToken cancel)
    {
        List<Written> all = [];
        foreach (StreamPlace writer in WritersOf(place, await context.RoutesAsync().ConfigureAwait(false)))
        {
            await foreach (Written sync in NewestOfAsync(context, writer, cancel).ConfigureAwait(false))
            {
                all.Add(sync);
            }
        }

        Written newest = all.Where(sync => sync.IsSnapshot).MaxBy(sync => sync.Sync.StartedAt) ?? throw new AcodeException(
            "SyncMissing", FailureClass.NotFound, $"No sync of '{place.Route.Connection.Name}' has succeeded: there is no snapshot of {place.Stream.Name} to test.")
        {
            Advice = "Start-AcodeSync makes one.",
            Subject = place.Route.Connection,
            IsFatal = false,
        };
        ILookup<bool, Sync> others = all.Where(one => one != newest && one.Sync.StartedAt is not null).Select(one => one.Sync).ToLookup(sync => sync.StartedAt > newest.Sync.StartedAt);
        DateTimeOffset from = JobWindow.Start(newest.Sync, others[false].MaxBy(sync => sync.UpdatedAt));

        // What a later sync has written so far is no snapshot.
        DateTimeOffset? until = others[true].Min(sync => sync.StartedAt);
        return new LandingWindow(DateOnly.FromDateTime(from.UtcDateTime), from, until, from == JobWindow.Start(newest.Sync, before: null)) { Writer = newest.Writer };
    }

    private static IEnumerable<StreamPlace> WritersOf(StreamPlace place, IReadOnlyList<RouteReading> routes) => StreamPlace.Of(routes)
        .Where(other => other.Route.Route.Storage == place.Route.Route.Storage && other.Folder == place.Folder && other.Stream.Name == place.Stream.Name)
        .Prepend(place).DistinctBy(other => other.Route.Connection.ConnectionId);

    // Those up to its last snapshot, and the one before.
    private static async IAsyncEnumerable<Written> NewestOfAsync(HealthContext context, StreamPlace writer, [EnumeratorCancellation] CancellationToken cancel)
    {
        bool isLast = false;
        await foreach (Sync sync in context.Installation.Airbyte.ListSyncsAsync(writer.Route.Connection.ConnectionId, cancel).ConfigureAwait(false))
        {
            Written written = new(sync, writer);
            yield return written;
            if (isLast)
            {
                yield break;
            }

            isLast = written.IsSnapshot;
        }
    }

    private sealed record Written(Sync Sync, StreamPlace Writer)
    {
        public bool IsSnapshot => Sync is { Status: SyncStatus.Succeeded, StartedAt: not null };
    }
}
