using System.Collections.Concurrent;

namespace AcodeOps.Adapters.Tests.Lake;

/// <summary>One object in memory that tells which of its bytes were asked for.</summary>
internal sealed class MemoryObject(byte[] content) : IObjectStore
{
    public StorageDefinition Definition { get; } = new() { Role = StorageRole.Primary, Bucket = "lake" };

    public StoredObject Stored { get; } = new("file.parquet", content.Length, DateTimeOffset.UnixEpoch, "tag");

    public ConcurrentQueue<(long Offset, int Count)> Ranges { get; } = new();

    public Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel)
    {
        Ranges.Enqueue((offset, count));
        return Task.FromResult(content.AsSpan((int)offset, count).ToArray());
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancel = default) => throw new NotSupportedException();

    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => throw new NotSupportedException();

    public Task<string> PutAsync(string key, ReadOnlyMemory<byte> bytes, PutOptions options, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task DeleteAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task<StoredObject?> FindAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
