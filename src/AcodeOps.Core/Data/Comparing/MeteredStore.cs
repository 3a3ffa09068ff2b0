namespace AcodeOps.Comparing;

/// <summary>A storage that is only read, and counts what is.</summary>
internal sealed class MeteredStore(IObjectStore store) : IObjectStore
{
    private long _bytes;

    /// <summary>The bytes of objects that were read.</summary>
    public long BytesRead => Interlocked.Read(ref _bytes);

    /// <inheritdoc />
    public StorageDefinition Definition => store.Definition;

    /// <inheritdoc />
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancel = default) => store.ListAsync(prefix, startAfter, cancel);

    /// <inheritdoc />
    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => store.ListFoldersAsync(prefix, cancel);

    /// <inheritdoc />
    public Task<StoredObject?> FindAsync(string key, CancellationToken cancel) => store.FindAsync(key, cancel);

    /// <inheritdoc />
    public async Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel)
    {
        byte[] read = await store.ReadRangeAsync(stored, offset, count, cancel).ConfigureAwait(false);
        Interlocked.Add(ref _bytes, read.Length);
        return read;
    }

    /// <inheritdoc />
    public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
