using System.Runtime.CompilerServices;
using AcodeOps.Syncs;

namespace AcodeOps.Routing;

/// <summary>The objects of a route's stream in the lake.</summary>
internal static class LandedObjects
{
    /// <summary>
    /// The objects of one stream that were written in a time. Listed by the partitions of its days: Airbyte names the
    /// partition after the day on which the sync began.
    /// </summary>
    /// <param name="store">The storage that the route writes.</param>
    /// <param name="route">The route.</param>
    /// <param name="stream">One of its streams.</param>
    /// <param name="firstDay">The first day whose partition is looked at, UTC.</param>
    /// <param name="from">Written then or later, by the storage's clock.</param>
    /// <param name="until">Written before; null for no end.</param>
    /// <param name="now">The time: no partition lies beyond it.</param>
    /// <param name="cancel">Ends it.</param>
    public static async IAsyncEnumerable<StoredObject> ListAsync(
        IObjectStore store, PlannedRoute route, ConnectionStream stream, DateOnly firstDay, DateTimeOffset from, DateTimeOffset? until, DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        DateOnly lastDay = DateOnly.FromDateTime(now.UtcDateTime);
        HashSet<string> prefixes = new(StringComparer.Ordinal);
        for (DateOnly day = firstDay; day <= lastDay; day = day.AddDays(1))
        {
            string prefix = LandingPath.PrefixOf(route.Connection, stream, route.Destination, day).Prefix;
            if (!prefixes.Add(prefix))
            {
                continue;
            }

            await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
            {
                if (stored.ModifiedAt >= from && (until is null || stored.ModifiedAt < until))
                {
                    yield return stored;
                }
            }
        }
    }

    /// <summary>The same as a list.</summary>
    public static async Task<List<StoredObject>> FindAsync(
        IObjectStore store, PlannedRoute route, ConnectionStream stream, DateTimeOffset from, DateTimeOffset? until, DateTimeOffset now, CancellationToken cancel)
    {
        List<StoredObject> found = [];
        await foreach (StoredObject stored in ListAsync(store, route, stream, DateOnly.FromDateTime(from.UtcDateTime), from, until, now, cancel).ConfigureAwait(false))
        {
            found.Add(stored);
        }

        return found;
    }
}
