namespace AcodeOps;

/// <summary>
/// A storage. Keys are whole keys of the bucket, not relative to the storage's prefix. Listing streams and keeps memory
/// flat. Every failure is an <see cref="AcodeException"/> with its class. Safe for concurrent use.
/// </summary>
public interface IObjectStore : IAsyncDisposable
{
    /// <summary>The definition that it was opened from.</summary>
    StorageDefinition Definition { get; }

    /// <summary>The objects whose keys start with <paramref name="prefix"/>, in key order, page by page.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancel = default);

    /// <summary>The common prefixes (with their closing slash) directly under <paramref name="prefix"/>, in order.</summary>
    IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default);

    /// <summary>Writes an object.</summary>
    /// <returns>The entity tag of what was written.</returns>
    /// <exception cref="AcodeException"><c>ObjectExists</c> (Conflict) when a condition of <paramref name="options"/> does not hold.</exception>
    Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel);

    /// <summary>Reads an object whole; null when there is none.</summary>
    Task<ObjectContent?> GetAsync(string key, CancellationToken cancel);

    /// <summary>Deletes an object; deleting what is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancel);

    /// <summary>Deletes an object for good: with all its versions and delete markers.</summary>
    /// <returns>False when only a delete marker could be set and old versions stay, for want of the permission.</returns>
    async Task<bool> PurgeAsync(string key, CancellationToken cancel)
    {
        await DeleteAsync(key, cancel).ConfigureAwait(false);
        return true;
    }

    /// <summary>What the bucket does with objects: encryption, versions, lock.</summary>
    Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel);

    /// <summary>Until when an object cannot be deleted; null where it is not locked.</summary>
    /// <exception cref="AcodeException">The server did not tell.</exception>
    Task<ObjectRetention?> ReadRetentionAsync(string key, CancellationToken cancel) => Task.FromResult<ObjectRetention?>(null);

    /// <summary>What a listing would show of one object; null when there is none.</summary>
    Task<StoredObject?> FindAsync(string key, CancellationToken cancel);

    /// <summary>Copies an object of another bucket (or this one) within the server: its bytes do not pass through this machine.</summary>
    /// <returns>The copy, as a listing would show it.</returns>
    /// <exception cref="AcodeException"><c>StorageNotFound</c>: there is no such object.</exception>
    Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel);

    /// <summary>Reads a range of an object's bytes.</summary>
    /// <exception cref="AcodeException"><c>ObjectExists</c> (Conflict): it is not the object that the listing showed any more.</exception>
    Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel);
}
