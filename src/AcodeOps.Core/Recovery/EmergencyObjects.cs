using AcodeOps.Exporting;

namespace AcodeOps.Recovery;

/// <summary>What is in the emergency storage, by one listing of it.</summary>
/// <param name="Copy">The copy, without its age and how far its data reaches.</param>
/// <param name="Newest">The objects that were written last, the newest first.</param>
/// <param name="Manifest">The newest manifest; null for none.</param>
internal sealed record EmergencyObjects(EmergencyCopy Copy, IReadOnlyList<StoredObject> Newest, StoredObject? Manifest)
{
    /// <summary>Lists the storage.</summary>
    /// <param name="store">The storage.</param>
    /// <param name="newest">How many of the newest objects are wanted.</param>
    /// <param name="now">The time, for the copy's age.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<EmergencyObjects> ListAsync(IObjectStore store, int newest, DateTimeOffset now, CancellationToken cancel)
    {
        (long objects, long bytes) = (0, 0);
        PriorityQueue<StoredObject, DateTimeOffset> kept = new();
        StoredObject? manifest = null;
        await foreach (StoredObject stored in store.ListAsync(store.Definition.Prefix, cancel: cancel).ConfigureAwait(false))
        {
            if (stored.Key.EndsWith(".parquet", StringComparison.Ordinal))
            {
                (objects, bytes) = (objects + 1, bytes + stored.SizeBytes);
                kept.Enqueue(stored, stored.ModifiedAt);
                if (kept.Count > newest)
                {
                    kept.Dequeue();
                }
            }
            else if (ExportKeys.IsManifest(stored.Key) && (manifest is null || stored.ModifiedAt > manifest.ModifiedAt))
            {
                manifest = stored;
            }
        }

        StoredObject[] last = [.. kept.UnorderedItems.Select(item => item.Element).OrderByDescending(stored => stored.ModifiedAt)];
        EmergencyCopy copy = new()
        {
            Location = $"s3://{store.Definition.Bucket}/{store.Definition.Prefix}",
            Objects = objects,
            Bytes = bytes,
            WrittenAt = last.Length > 0 ? last[0].ModifiedAt : null,
            AgeHours = last.Length > 0 ? Math.Round((now - last[0].ModifiedAt).TotalHours, 1) : null,
        };
        return new EmergencyObjects(copy, last, manifest);
    }
}
