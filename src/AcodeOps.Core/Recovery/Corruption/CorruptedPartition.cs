using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>The objects that an operator takes for corrupted, and the one stream that they belong to.</summary>
/// <param name="Prefix">What their keys start with: whole keys of the bucket.</param>
/// <param name="Places">The stream as each route has it that lands there, in the environment's order.</param>
/// <param name="Objects">The objects, in key order.</param>
internal sealed record CorruptedPartition(string Prefix, IReadOnlyList<StreamPlace> Places, IReadOnlyList<StoredObject> Objects)
{
    // A plan is one object of the journal: it names so many days, and no more.
    private const int MostDays = 31;

    /// <summary>The days whose partitions hold the objects, in order.</summary>
    public IReadOnlyList<DateOnly> Days => [.. Objects.Select(o => Places[0].DayOf(o.Key)).OfType<DateOnly>().Distinct().Order().Take(MostDays)];

    /// <summary>Finds it. Reads only.</summary>
    /// <exception cref="AcodeException">
    /// <c>CorruptedPrefixTooWide</c> (Refused): the whole lake, or more than one stream's folder. <c>CorruptedPrefixOfNoRoute</c>
    /// (Refused): no route lands there. <c>CorruptedObjectsNotFound</c>: there is nothing. Or the storage's failure.
    /// </exception>
    public static async Task<CorruptedPartition> FindAsync(
        IInstallation installation, CorruptionRequest request, IReadOnlyList<RouteReading> routes, CancellationToken cancel)
    {
        IObjectStore store = installation.Storage(request.Storage);
        string below = request.Prefix.Trim().TrimStart('/');
        if (below.Length == 0)
        {
            throw TooWide(request, $"It is the whole {store.Definition}.");
        }

        string prefix = store.Definition.Prefix + below;
        StreamPlace[] all = [.. StreamPlace.Of(routes.Where(r => r.Definition.Storage == request.Storage))];
        string folder = FolderOf(request, prefix, [.. all.Select(place => place.Folder).Distinct()]) ?? throw OfNoRoute(request, $"s3://{store.Definition.Bucket}/{prefix}", all);
        StreamPlace[] places = [.. all.Where(place => place.Folder == folder)];
        if (places.Select(place => place.Stream.Name).Distinct().Count() > 1)
        {
            throw TooWide(request, $"The streams {string.Join(" and ", places.Select(place => place.Stream.Name).Distinct())} land in one folder.");
        }

        List<StoredObject> objects = [];
        await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
        {
            if (all.Select(place => place.Folder).Where(f => stored.Key.StartsWith(f, StringComparison.Ordinal)).MaxBy(f => f.Length) != folder)
            {
                throw OfNoRoute(request, $"s3://{store.Definition.Bucket}/{stored.Key}", all);
            }

            if (request.Objects is not { } named || named.Contains(stored.Key))
            {
                objects.Add(stored);
            }
        }

        return objects.Count > 0 || request.Objects is not null ? new CorruptedPartition(prefix, places, objects) : throw new AcodeException(
            "CorruptedObjectsNotFound", FailureClass.NotFound, $"There are no objects at s3://{store.Definition.Bucket}/{prefix}: nothing to quarantine.")
        {
            Advice = $"Write what the keys start with below '{store.Definition.Prefix}'; the stream's keys start with '{folder}'.",
            Subject = request,
        };
    }

    /// <summary>The one folder that the prefix lies in, or covers; null where there is none.</summary>
    private static string? FolderOf(CorruptionRequest request, string prefix, string[] folders)
    {
        string[] covered = [.. folders.Where(folder => folder.StartsWith(prefix, StringComparison.Ordinal))];
        return covered.Length <= 1
            ? covered.FirstOrDefault() ?? folders.Where(folder => prefix.StartsWith(folder, StringComparison.Ordinal)).MaxBy(folder => folder.Length)
            : throw TooWide(request, $"It covers {covered.Length} streams: {string.Join(", ", covered)}.");
    }

    private static AcodeException TooWide(CorruptionRequest request, string why) => new(
        "CorruptedPrefixTooWide", FailureClass.Refused, $"The prefix '{request.Prefix}' covers more than one stream's data: nothing is planned. {why}")
    {
        Advice = "Name one stream's partition, as in 'farmarcas_si_analitico_diario/cog_dt_ingestion=2026-11-25/'; several streams are recovered one after the other.",
        Subject = request,
    };

    private static AcodeException OfNoRoute(CorruptionRequest request, string place, StreamPlace[] all) => new(
        "CorruptedPrefixOfNoRoute", FailureClass.Refused, $"No route lands at {place}: nothing would load again what is moved from there.")
    {
        Advice = all.Length == 0
            ? $"Airbyte tells of no route into the {request.Storage} storage: Get-AcodeRoute."
            : $"Routes land at {string.Join(", ", all.Select(route => route.Folder).Distinct())}. To move other objects, use Move-AcodeData.",
        Subject = request,
    };
}
