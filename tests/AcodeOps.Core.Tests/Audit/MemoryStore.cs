using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AcodeOps.Core.Tests.Audit;

/// <summary>A bucket in memory that tells what it was asked.</summary>
internal sealed class MemoryStore(string prefix = "", StorageRole role = StorageRole.Audit) : IObjectStore
{
    private readonly SortedDictionary<string, (byte[] Content, PutOptions Options, DateTimeOffset At)> _objects = new(StringComparer.Ordinal);

    public StorageDefinition Definition { get; } = new() { Role = role, Bucket = "trail", Prefix = prefix };

    public bool? HasObjectLock { get; init; } = true;

    public bool LocksByDefault { get; init; }

    /// <summary>The server's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Thrown by every question, when set.</summary>
    public AcodeException? Fault { get; set; }

    /// <summary>Thrown by the next write after it has taken place, once.</summary>
    public AcodeException? FaultAfterWrite { get; set; }

    /// <summary>Runs before each read.</summary>
    public Func<CancellationToken, Task> BeforeGet { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<string> Asked { get; } = new();

    public string[] Keys
    {
        get
        {
            lock (_objects)
            {
                return [.. _objects.Keys];
            }
        }
    }

    public (byte[] Content, PutOptions Options) this[string key]
    {
        get
        {
            lock (_objects)
            {
                return (_objects[key].Content, _objects[key].Options);
            }
        }
    }

    public void Remove(string key)
    {
        lock (_objects)
        {
            Assert.True(_objects.Remove(key), key);
        }
    }

    public void Set(string key, byte[] content)
    {
        lock (_objects)
        {
            _objects[key] = (content, new PutOptions(), Clock.GetUtcNow());
        }
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await AskAsync($"list {prefix}");
        foreach (string key in Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(k, startAfter ?? "") > 0))
        {
            if (Find(key) is { } found)
            {
                yield return found;
            }
        }
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await AskAsync($"folders {prefix}");
        foreach (string folder in Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && k.IndexOf('/', prefix.Length) > 0)
            .Select(k => k[..(k.IndexOf('/', prefix.Length) + 1)]).Distinct())
        {
            yield return folder;
        }
    }

    public async Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel)
    {
        await AskAsync($"put {key}");
        lock (_objects)
        {
            if ((options.IfAbsent && _objects.ContainsKey(key)) || (options.IfMatch is { } tag && tag != Find(key)?.ETag))
            {
                throw new AcodeException("ObjectExists", FailureClass.Conflict, "It exists.");
            }

            _objects[key] = (content.ToArray(), options, Clock.GetUtcNow());
        }

        return (FaultAfterWrite, FaultAfterWrite = null) is ({ } fault, _) ? throw fault : TagOf(content.Span);
    }

    public async Task<ObjectContent?> GetAsync(string key, CancellationToken cancel)
    {
        await AskAsync($"get {key}");
        await BeforeGet(cancel);
        lock (_objects)
        {
            return _objects.TryGetValue(key, out (byte[] Content, PutOptions, DateTimeOffset At) found)
                ? new ObjectContent(found.Content, TagOf(found.Content), null) { ModifiedAt = found.At, ServerTimeAt = Clock.GetUtcNow() }
                : null;
        }
    }

    public async Task DeleteAsync(string key, CancellationToken cancel)
    {
        await AskAsync($"delete {key}");
        lock (_objects)
        {
            _objects.Remove(key);
        }
    }

    public async Task<StoredObject?> FindAsync(string key, CancellationToken cancel)
    {
        await AskAsync($"find {key}");
        return Find(key);
    }

    public Task<ObjectRetention?> ReadRetentionAsync(string key, CancellationToken cancel) => Task.FromResult(
        this[key].Options is { RetainUntilAt: { } until } options && HasObjectLock != false ? new ObjectRetention(until, options.Compliance) : null);

    public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel) => throw new NotSupportedException();

    public async Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel)
    {
        await AskAsync("traits");
        return new BucketTraits("AES256", true, HasObjectLock) { LocksByDefault = LocksByDefault };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string TagOf(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content)[..16]).ToLowerInvariant();

    private StoredObject? Find(string key)
    {
        lock (_objects)
        {
            return _objects.TryGetValue(key, out (byte[] Content, PutOptions, DateTimeOffset At) found)
                ? new StoredObject(key, found.Content.Length, found.At, TagOf(found.Content))
                : null;
        }
    }

    private async Task AskAsync(string what)
    {
        await Task.Yield();
        Asked.Enqueue(what);
        if (Fault is not null)
        {
            throw Fault;
        }
    }
}
