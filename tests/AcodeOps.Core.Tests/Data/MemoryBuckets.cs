using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AcodeOps.Core.Tests.Data;

/// <summary>A storage server in memory that can be cut off at any of the calls that it gets.</summary>
internal sealed class MemoryBuckets
{
    private readonly SortedDictionary<(string Bucket, string Key), byte[]> _objects = [];
    private readonly object _gate = new();
    private int _calls;

    /// <summary>From this call on (the first is 1) the caller is dead: nothing answers any more.</summary>
    public int? DiesAt { get; set; }

    /// <summary>Whether the call that kills still takes effect.</summary>
    public bool DiesAfterTheWork { get; set; }

    /// <summary>Runs before each call, with what is asked.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>The tag that a copy gets, where it is not the original's.</summary>
    public Func<string, string> TagOfCopy { get; set; } = tag => tag;

    public string? DefaultEncryption { get; set; } = "AES256";

    public int Calls => _calls;

    private Dictionary<(string Bucket, string Key), string> Tags { get; } = [];

    /// <summary>What is there: <c>bucket/key</c>.</summary>
    public string[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _objects.Keys.Select(k => $"{k.Bucket}/{k.Key}")];
            }
        }
    }

    public IObjectStore Store(StorageRole role, string bucket, string prefix = "") =>
        new Bucket(this, new StorageDefinition { Role = role, Bucket = bucket, Prefix = prefix });

    public void Set(string bucket, string key, string content) => Set(bucket, key, System.Text.Encoding.UTF8.GetBytes(content), null);

    public string? Text(string bucket, string key)
    {
        lock (_gate)
        {
            return _objects.TryGetValue((bucket, key), out byte[]? content) ? System.Text.Encoding.UTF8.GetString(content) : null;
        }
    }

    /// <summary>A new process: it lives, and counts its calls anew.</summary>
    public void Restart() => (DiesAt, _calls) = (null, 0);

    public void Set(string bucket, string key, byte[] content) => Set(bucket, key, content, null);

    private void Set(string bucket, string key, byte[] content, string? tag)
    {
        lock (_gate)
        {
            _objects[(bucket, key)] = content;
            Tags[(bucket, key)] = tag ?? Convert.ToHexString(SHA256.HashData(content)[..16]);
        }
    }

    private T Call<T>(string what, Func<T> work)
    {
        Before(what);
        int number = Interlocked.Increment(ref _calls);
        if (number == DiesAt && DiesAfterTheWork)
        {
            lock (_gate)
            {
                work();
            }
        }

        if (number >= DiesAt)
        {
            throw new AcodeException("StorageUnreachable", FailureClass.Unreachable, "The connection broke.");
        }

        lock (_gate)
        {
            return work();
        }
    }

    private StoredObject? Find(string bucket, string key) => _objects.TryGetValue((bucket, key), out byte[]? content)
        ? new StoredObject(key, content.Length, DateTimeOffset.UnixEpoch, Tags[(bucket, key)])
        : null;

    private sealed class Bucket(MemoryBuckets server, StorageDefinition definition) : IObjectStore
    {
        public StorageDefinition Definition { get; } = definition;

        public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            await Task.CompletedTask;
            string[] keys = server.Call("list", () => server._objects.Keys.Where(k => k.Bucket == Definition.Bucket && k.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k.Key).ToArray());
            foreach (string key in keys)
            {
                yield return server.Find(Definition.Bucket, key)!;
            }
        }

        public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            await Task.CompletedTask;
            foreach (string folder in server.Call("folders", () => server._objects.Keys
                .Where(k => k.Bucket == Definition.Bucket && k.Key.StartsWith(prefix, StringComparison.Ordinal) && k.Key.IndexOf('/', prefix.Length) >= 0)
                .Select(k => k.Key[..(k.Key.IndexOf('/', prefix.Length) + 1)]).Distinct().ToArray()))
            {
                yield return folder;
            }
        }

        public Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel) => Task.FromResult(server.Call($"put {key}", () =>
        {
            if (options.IfAbsent && server.Find(Definition.Bucket, key) is not null)
            {
                throw new AcodeException("ObjectExists", FailureClass.Conflict, "It exists.");
            }

            server.Set(Definition.Bucket, key, content.ToArray(), null);
            return server.Find(Definition.Bucket, key)!.ETag;
        }));

        public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => Task.FromResult(server.Call($"get {key}", () =>
            server.Find(Definition.Bucket, key) is { } found ? new ObjectContent(server._objects[(Definition.Bucket, key)], found.ETag, null) : null));

        public Task DeleteAsync(string key, CancellationToken cancel) => Task.FromResult(server.Call($"delete {key}", () => server._objects.Remove((Definition.Bucket, key))));

        public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => Task.FromResult(server.Call("traits", () => new BucketTraits(server.DefaultEncryption, false, false)));

        public Task<StoredObject?> FindAsync(string key, CancellationToken cancel) => Task.FromResult(server.Call($"find {key}", () => server.Find(Definition.Bucket, key)));

        public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => Task.FromResult(server.Call($"copy {key}", () =>
        {
            StoredObject found = server.Find(from.Bucket, source.Key) ?? throw new AcodeException("StorageNotFound", FailureClass.NotFound, "There is none.");
            if (found.ETag != source.ETag)
            {
                throw new AcodeException("ObjectExists", FailureClass.Conflict, "It is another.");
            }

            server.Set(Definition.Bucket, key, server._objects[(from.Bucket, source.Key)], server.TagOfCopy(found.ETag));
            return server.Find(Definition.Bucket, key)!;
        }));

        public Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel) => Task.FromResult(server.Call($"range {stored.Key}", () =>
            server._objects[(Definition.Bucket, stored.Key)].AsSpan((int)offset, count).ToArray()));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
