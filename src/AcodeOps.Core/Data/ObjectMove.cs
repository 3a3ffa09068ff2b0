namespace AcodeOps;

/// <summary>Moves single objects between two storages and back. Each step can be done again.</summary>
/// <param name="from">Where the objects belong.</param>
/// <param name="to">Where they are kept meanwhile.</param>
internal sealed class ObjectMove(IObjectStore from, IObjectStore to)
{
    private readonly Lazy<Task<bool>> _hasPlainTags = new(() => HavePlainTagsAsync(from, to));

    /// <summary>Copies, verifies, deletes the original. What is done already is not done again.</summary>
    /// <returns>Null when the object is at its new place, and only there.</returns>
    public async Task<DataMoveLeft?> MoveAsync(DataMoveItem item, CancellationToken cancel)
    {
        StoredObject listed = new(item.Key, item.SizeBytes, item.ModifiedAt, item.ETag);
        StoredObject? copy = await to.FindAsync(item.TargetKey, cancel).ConfigureAwait(false);
        try
        {
            copy ??= await to.CopyAsync(from.Definition, listed, item.TargetKey, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (failure.Id == "ObjectExists")
        {
            return Changed(item);
        }
        catch (AcodeException failure) when (failure.Id == "StorageNotFound")
        {
            // It is gone, unless another run of the same move has just been quicker.
            return await to.FindAsync(item.TargetKey, cancel).ConfigureAwait(false) is null ? Missing(item) : null;
        }

        if (!await IsSameAsync(copy, listed).ConfigureAwait(false))
        {
            return Differs(item);
        }

        if (await from.FindAsync(item.Key, cancel).ConfigureAwait(false) is { } original)
        {
            // Looked at right before the deletion: what was written over it since is not ours to delete.
            if (original.ETag != item.ETag || original.SizeBytes != item.SizeBytes)
            {
                return Changed(item);
            }

            await from.DeleteAsync(item.Key, cancel).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Copies back, verifies, deletes the copy that was kept.</summary>
    /// <returns>Null when the object is at its old place, and only there.</returns>
    public async Task<DataMoveLeft?> ReturnAsync(DataMoveItem item, CancellationToken cancel)
    {
        StoredObject? kept = await to.FindAsync(item.TargetKey, cancel).ConfigureAwait(false);
        StoredObject? there = await from.FindAsync(item.Key, cancel).ConfigureAwait(false);
        if (kept is null)
        {
            // Never moved, or back already.
            return there is null ? Missing(item) : null;
        }

        if (kept.SizeBytes != item.SizeBytes)
        {
            return Differs(item);
        }

        if (there is null)
        {
            there = await from.CopyAsync(to.Definition, kept, item.Key, cancel).ConfigureAwait(false);
            if (!await IsSameAsync(there, kept).ConfigureAwait(false))
            {
                return Differs(item);
            }
        }
        else if (there.SizeBytes != item.SizeBytes || (there.ETag != item.ETag && there.ETag != kept.ETag))
        {
            return new DataMoveLeft(item.Key, "ObjectExists", $"Another object stands at '{item.Key}' of bucket '{item.Bucket}' by now: '{item.TargetKey}' stays where it is.");
        }

        await to.DeleteAsync(item.TargetKey, cancel).ConfigureAwait(false);
        return null;
    }

    // A copy of an object that was written in parts, or one under a KMS key, has a tag of its own.
    private async Task<bool> IsSameAsync(StoredObject one, StoredObject other) =>
        one.SizeBytes == other.SizeBytes
        && (one.ETag == other.ETag || IsOfParts(one.ETag) || IsOfParts(other.ETag) || !await _hasPlainTags.Value.ConfigureAwait(false));

    private static bool IsOfParts(string tag) => tag.Contains('-', StringComparison.Ordinal);

    private static async Task<bool> HavePlainTagsAsync(IObjectStore from, IObjectStore to)
    {
        foreach (IObjectStore store in (IObjectStore[])[from, to])
        {
            if (store.Definition.KmsKey is not null
                || (await store.ReadTraitsAsync(CancellationToken.None).ConfigureAwait(false)).DefaultEncryption is not ("" or "AES256"))
            {
                return false;
            }
        }

        return true;
    }

    private static DataMoveLeft Changed(DataMoveItem item) => new(
        item.Key, "ObjectChanged", $"The object '{item.Key}' of bucket '{item.Bucket}' was written over since it was listed: it stays where it is.");

    private static DataMoveLeft Missing(DataMoveItem item) => new(
        item.Key, "ObjectMissing", $"The object '{item.Key}' of bucket '{item.Bucket}' is neither there nor at '{item.TargetKey}': somebody else has removed it.");

    private static DataMoveLeft Differs(DataMoveItem item) => new(
        item.Key, "ObjectDiffers", $"The copy '{item.TargetKey}' is not the same as '{item.Key}' of bucket '{item.Bucket}': both stay where they are.");
}
