using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace AcodeOps.Core.Tests.Audit;

/// <summary>A bucket in memory that tells what it was asked.</summary>
internal sealed class MemoryStore(string prefix = "") : IObjectStore
{
    private readonly SortedDictionary<string, (byte[] Content, PutOptions Options)> _objects = new(StringComparer.Ordinal);

    public StorageDefinition Definition { get; } = new() { Role = StorageRole.Audit, Bucket = "trail", Prefix = prefix };

    public bool? HasObjectLock { get; init; } = true;

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

    public (byte[] Content, PutOptions Options) this[string key] => _objects[key];

    public void Set(string key, byte[] content) => _objects[key] = (content, new PutOptions());

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await AskAsync($"list {prefix}");
        foreach (string key in Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)))
        {
            yield return new StoredObject(key, 1, DateTimeOffset.UnixEpoch, "tag");
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
            if (options.IfAbsent && _objects.ContainsKey(key))
            {
                throw new AcodeException("ObjectExists", FailureClass.Conflict, "It exists.");
            }

            _objects[key] = (content.ToArray(), options);
        }

        return (FaultAfterWrite, FaultAfterWrite = null) is ({ } fault, _) ? throw fault : "tag";
    }

    public async Task<ObjectContent?> GetAsync(string key, CancellationToken cancel)
    {
        await AskAsync($"get {key}");
        await BeforeGet(cancel);
        lock (_objects)
        {
            return _objects.TryGetValue(key, out (byte[] Content, PutOptions) found) ? new ObjectContent(found.Content, "tag", null) : null;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancel) => throw new InvalidOperationException("The trail deletes nothing.");

    public async Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel)
    {
        await AskAsync("traits");
        return new BucketTraits("AES256", true, HasObjectLock);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

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
