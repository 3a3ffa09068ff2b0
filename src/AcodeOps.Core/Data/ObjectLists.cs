namespace AcodeOps;

/// <summary>Listings that are needed whole.</summary>
internal static class ObjectLists
{
    /// <summary>The listing as a list.</summary>
    public static async Task<List<StoredObject>> ToListAsync(this IAsyncEnumerable<StoredObject> objects, CancellationToken cancel)
    {
        List<StoredObject> all = [];
        await foreach (StoredObject stored in objects.WithCancellation(cancel).ConfigureAwait(false))
        {
            all.Add(stored);
        }

        return all;
    }
}
