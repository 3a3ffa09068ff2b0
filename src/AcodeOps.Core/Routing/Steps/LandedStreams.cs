using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>Finds what the new route's sync has landed.</summary>
internal static class LandedStreams
{
    private const string Before = "objects_before";
    private const int ReadsAtOnce = 8;

    // Clocks of this machine and of the storage may differ by so much.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    /// <summary>Remembers the youngest objects that lie where the new route writes, before it writes.</summary>
    public static async Task RememberAsync(StepContext context, PlannedRoute route, CancellationToken cancel)
    {
        List<string> keys = [];
        foreach (LandedStream stream in await ListAsync(context, route, context.Now - ClockSlack, [], cancel).ConfigureAwait(false))
        {
            keys.AddRange(stream.Objects.Select(o => o.Key));
        }

        context.Facts.Set(Before, keys);
    }

    /// <summary>Remembers that objects are none of the sync's, although they will have been written after its begin: they were taken away, and are brought back.</summary>
    public static Task ExceptAsync(StepContext context, IEnumerable<string> keys, CancellationToken cancel)
    {
        context.Facts.Set(Before, (context.Facts.Get<List<string>>(Before) ?? []).Union(keys).ToList());
        return context.SaveAsync(cancel);
    }

    /// <summary>The objects of a sync, by stream; without their footers.</summary>
    public static async Task<IReadOnlyList<LandedStream>> FindAsync(StepContext context, PlannedRoute route, Sync sync, CancellationToken cancel) =>
        sync.StartedAt is null ? [] : await ListAsync(
            context, route, JobWindow.Start(sync, before: null), [.. context.Facts.Get<List<string>>(Before) ?? []], cancel).ConfigureAwait(false);

    /// <summary>The objects of a sync with their footers, by stream.</summary>
    public static async Task<IReadOnlyList<LandedStream>> ReadAllAsync(StepContext context, PlannedRoute route, Sync sync, CancellationToken cancel)
    {
        List<LandedStream> streams = [];
        foreach (LandedStream found in await FindAsync(context, route, sync, cancel).ConfigureAwait(false))
        {
            string[] columns = [context.Installation.Environment.TableOf(found.Stream).Key, .. found.Stream.CursorField];
            streams.Add(await ReadAsync(context, route, found, columns, cancel).ConfigureAwait(false));
        }

        return streams;
    }

    /// <summary>One stream with its objects' footers.</summary>
    public static async Task<LandedStream> ReadAsync(StepContext context, PlannedRoute route, LandedStream stream, IReadOnlyCollection<string> columns, CancellationToken cancel)
    {
        IObjectStore store = context.Installation.Storage(route.Route.Storage);
        using SemaphoreSlim gate = new(ReadsAtOnce);
        LakeFile[] files = await Task.WhenAll(stream.Objects.Select(async stored =>
        {
            await gate.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                return await context.PersistAsync(c => context.Installation.Lake.ReadFooterAsync(store, stored, columns, c), cancel).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        })).ConfigureAwait(false);
        return stream with { Files = files };
    }

    private static async Task<IReadOnlyList<LandedStream>> ListAsync(StepContext context, PlannedRoute route, DateTimeOffset from, HashSet<string> without, CancellationToken cancel)
    {
        IObjectStore store = context.Installation.Storage(route.Route.Storage);
        return await Task.WhenAll(route.Connection.Streams.Select(async stream =>
        {
            List<StoredObject> found = await context.PersistAsync(
                c => LandedObjects.FindAsync(store, route, stream, from, until: null, context.Now + ClockSlack, c), cancel).ConfigureAwait(false);
            return new LandedStream(stream, [.. found.Where(o => !without.Contains(o.Key))], []);
        })).ConfigureAwait(false);
    }
}
