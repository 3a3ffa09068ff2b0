using System.Collections.Concurrent;
using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Counts the rows that landed although the lake had them, by their keys: of the landed objects the rows up to where the old
/// route stood, of older objects those from where the new route began.
/// </summary>
internal static class DoubleRows
{
    // Beyond that, keys in memory cost too much for what the figure is worth.
    private const int MostKeys = 5_000_000;
    private const int ReadsAtOnce = 8;

    /// <summary>The count for one incremental stream; null where it could not be counted, as when the storage that was left is away.</summary>
    public static async Task<long?> CountAsync(StepContext context, FailoverPlan plan, LandedStream landed, CarriedCursor cursor, CancellationToken cancel)
    {
        try
        {
            return await CountKeysAsync(context, plan, landed, cursor, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            context.Tell($"{landed.Stream.Name}: rows that were read twice could not be counted: {failure.Message}");
            return null;
        }
    }

    private static async Task<long?> CountKeysAsync(StepContext context, FailoverPlan plan, LandedStream landed, CarriedCursor cursor, CancellationToken cancel)
    {
        if (FirstDay(cursor.New) is not { } day)
        {
            return null;
        }

        // Bytes stand for the keys of the landed rows that may be there twice: 1 once one was seen in an older object.
        string key = context.Installation.Environment.TableOf(landed.Stream).Key;
        ConcurrentDictionary<string, byte> again = new(StringComparer.Ordinal);
        IObjectStore target = context.Installation.Storage(plan.To.Route.Storage);
        foreach ((StoredObject stored, LakeFile file) in landed.Objects.Zip(landed.Files).Where(pair => MayHold(pair.Second, cursor.Field, from: null, to: cursor.Old)))
        {
            await foreach (LakeRow row in context.Installation.Lake.ReadRowsAsync(target, stored, key, cursor.Field, cancel).ConfigureAwait(false))
            {
                if (IsUpTo(row.Cursor, cursor.Old) && again.TryAdd(row.Key, 0) && again.Count > MostKeys)
                {
                    return null;
                }
            }
        }

        HashSet<string> own = [.. landed.Objects.Select(o => o.Key)];
        foreach (PlannedRoute route in again.IsEmpty ? [] : new[] { plan.To, plan.Origin }.OfType<PlannedRoute>().DistinctBy(r => r.Connection.ConnectionId))
        {
            if (route.Connection.Streams.FirstOrDefault(s => s.Name == landed.Stream.Name) is not { } stream)
            {
                return null;
            }

            IObjectStore store = context.Installation.Storage(route.Route.Storage);
            IAsyncEnumerable<StoredObject> all = LandedObjects.ListAsync(store, route, stream, day, DateTimeOffset.MinValue, until: null, context.Now, cancel);
            await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancel }, async (stored, stop) =>
            {
                if (route != plan.To || !own.Contains(stored.Key))
                {
                    await SeeAsync(context.Installation.Lake, store, stored, key, cursor, again, stop).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }

        return again.Count(pair => pair.Value == 1);
    }

    private static async Task SeeAsync(
        ILakeReader lake, IObjectStore store, StoredObject older, string key, CarriedCursor cursor, ConcurrentDictionary<string, byte> again, CancellationToken cancel)
    {
        LakeFile file = await lake.ReadFooterAsync(store, older, [cursor.Field], cancel).ConfigureAwait(false);
        if (!MayHold(file, cursor.Field, cursor.New, to: null))
        {
            return;
        }

        await foreach (LakeRow row in lake.ReadRowsAsync(store, older, key, cursorColumn: null, cancel).ConfigureAwait(false))
        {
            again.TryUpdate(row.Key, 1, 0);
        }
    }

    private static bool MayHold(LakeFile file, string field, string? from, string? to) => file.Rows > 0
        && (file.Ranges.GetValueOrDefault(field) is not { } range
            || ((from is null || IsUpTo(from, range.Greatest)) && (to is null || IsUpTo(range.Least, to))));

    private static bool IsUpTo(string? value, string? limit) => value is not null && (limit is null || Compare(value, limit) <= 0);

    // Times in the states' own form compare as text; numbers as numbers.
    private static int Compare(string one, string other) =>
        decimal.TryParse(one, CultureInfo.InvariantCulture, out decimal a) && decimal.TryParse(other, CultureInfo.InvariantCulture, out decimal b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(one, other);

    private static DateOnly? FirstDay(string cursor) =>
        DateOnly.TryParseExact(cursor.AsSpan(0, Math.Min(10, cursor.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day.AddDays(-1) : null;
}
