using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>What the storage has of the objects that are on record.</summary>
/// <param name="Intact">How many of them, from the first on, are there with the size and the rows on record.</param>
/// <param name="Rows">The rows of these, by their footers.</param>
/// <param name="Strays">Keys beside them that are not on record.</param>
internal sealed record WrittenObjects(int Intact, long Rows, IReadOnlyList<string> Strays)
{
    /// <summary>Looks at them.</summary>
    /// <exception cref="AcodeException">The storage's failure.</exception>
    public static async Task<WrittenObjects> FindAsync(
        StepContext context, IObjectStore store, string prefix, IReadOnlyList<ExportObject> objects, CancellationToken cancel)
    {
        Dictionary<string, StoredObject> there = [];
        await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
        {
            there[stored.Key] = stored;
        }

        (int intact, long rows) = (0, 0);
        foreach (ExportObject written in objects)
        {
            if (!there.TryGetValue(written.Key, out StoredObject? stored) || stored.SizeBytes != written.Bytes
                || await RowsAsync(context, store, stored, cancel).ConfigureAwait(false) != written.Rows)
            {
                context.Tell($"{written.Key} is not there as it was written");
                break;
            }

            (intact, rows) = (intact + 1, rows + written.Rows);
        }

        return new WrittenObjects(intact, rows, [.. there.Keys.Except(objects.Select(written => written.Key))]);
    }

    private static async Task<long?> RowsAsync(StepContext context, IObjectStore store, StoredObject stored, CancellationToken cancel)
    {
        try
        {
            return (await context.Installation.Lake.ReadFooterAsync(store, stored, [], cancel).ConfigureAwait(false)).Rows;
        }
        catch (AcodeException damaged) when (damaged.Id == "LakeFileUnreadable")
        {
            return null;
        }
    }
}
