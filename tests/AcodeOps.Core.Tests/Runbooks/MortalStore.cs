using AcodeOps.Core.Tests.Audit;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>A bucket as a process sees it that may be killed around each of its writes.</summary>
internal sealed class MortalStore(MemoryStore bucket, Moments moments) : IObjectStore
{
    public StorageDefinition Definition => bucket.Definition;

    /// <summary>Runs before each write, with its key: what it throws is the answer.</summary>
    public Func<string, CancellationToken, Task> BeforePut { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs after each write, with its key: what it throws is the answer, although it was done.</summary>
    public Action<string> AfterPut { get; set; } = _ => { };

    public async Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await BeforePut(key, cancel);
        moments.Pass();
        string tag = await bucket.PutAsync(key, content, options, cancel);
        moments.Pass();
        AfterPut(key);
        return tag;
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancel = default) => bucket.ListAsync(prefix, startAfter, cancel);

    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => bucket.ListFoldersAsync(prefix, cancel);

    public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => bucket.GetAsync(key, cancel);

    public Task DeleteAsync(string key, CancellationToken cancel) => bucket.DeleteAsync(key, cancel);

    public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => bucket.ReadTraitsAsync(cancel);

    public Task<StoredObject?> FindAsync(string key, CancellationToken cancel) => bucket.FindAsync(key, cancel);

    public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => bucket.CopyAsync(from, source, key, cancel);

    public Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel) => bucket.ReadRangeAsync(stored, offset, count, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
