using AcodeOps.Health;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Routing;

namespace AcodeOps.Quality.Reading;

/// <summary>When the objects of a stream were written that have rows of some days: since the first of the days, or of a stream that is read whole each time by the newest sync that succeeded.</summary>
/// <param name="FirstDay">The first day whose folder is listed, UTC.</param>
/// <param name="From">Written then or later.</param>
/// <param name="Until">Written before; null for no end.</param>
/// <param name="IsCertain">False where objects of the sync before may lie in the same second, so that some are left out.</param>
internal sealed record LandingWindow(DateOnly FirstDay, DateTimeOffset From, DateTimeOffset? Until, bool IsCertain)
{
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

    private static async Task<LandingWindow> SnapshotAsync(HealthContext context, StreamPlace place, CancellationToken cancel)
    {
        Sync? newest = null;
        DateTimeOffset? after = null;
        await foreach (Sync sync in context.Installation.Airbyte.ListSyncsAsync(place.Route.Connection.ConnectionId, cancel).ConfigureAwait(false))
        {
            if (newest is not null)
            {
                return Of(newest, sync, after);
            }

            if (sync is { Status: SyncStatus.Succeeded, StartedAt: not null })
            {
                newest = sync;
            }
            else
            {
                // What a later sync has written so far is no snapshot.
                after = sync.StartedAt ?? after;
            }
        }

        return newest is not null ? Of(newest, null, after) : throw new AcodeException(
            "SyncMissing", FailureClass.NotFound, $"No sync of '{place.Route.Connection.Name}' has succeeded: there is no snapshot of {place.Stream.Name} to test.")
        {
            Advice = "Start-AcodeSync makes one.",
            Subject = place.Route.Connection,
            IsFatal = false,
        };
    }

    private static LandingWindow Of(Sync newest, Sync? before, DateTimeOffset? until)
    {
        DateTimeOffset from = JobWindow.Start(newest, before);
        return new LandingWindow(DateOnly.FromDateTime(from.UtcDateTime), from, until, from == JobWindow.Start(newest, before: null));
    }
}
