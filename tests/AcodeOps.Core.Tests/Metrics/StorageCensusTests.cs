using System.Runtime.CompilerServices;
using AcodeOps.Metrics;

namespace AcodeOps.Core.Tests.Metrics;

/// <summary>Every object is counted once, however the keys are cut into ranges.</summary>
public sealed class StorageCensusTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trees_of_any_shape_are_counted_exactly()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 40; round++)
        {
            string[] names = ["a", "b=1", "é", "￦", "😀", "z"];
            string prefix = random.Next(2) == 0 ? "" : "lake/";
            Dictionary<string, long> keys = [];
            int count = random.Next(3) switch { 0 => random.Next(10), 1 => 2_000, _ => 3_000 + random.Next(4_000) };
            while (keys.Count < count)
            {
                string folder = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => names[random.Next(names.Length)] + "/"));
                keys[prefix + folder + (random.Next(30) == 0 ? "" : random.Next(100_000).ToString(System.Globalization.CultureInfo.InvariantCulture))] = random.Next(1_000);
            }

            keys.Remove(prefix);
            ListedStore store = new(prefix, keys);
            StorageFigures figures = await StorageCensus.CountAsync(store, Cancel);
            Assert.True((keys.Count, keys.Values.Sum()) == (figures.Objects, figures.Bytes), $"seed {seed}, round {round}: {keys.Count} keys, {figures}");
        }
    }

    [Fact]
    public async Task Large_storages_are_listed_in_several_ranges_at_once()
    {
        ListedStore store = new("lake/", Enumerable.Range(0, 20_000).ToDictionary(i => $"lake/stream{i % 3}/day={i % 40:00}/{i:00000}", i => (long)i));
        StorageFigures figures = await StorageCensus.CountAsync(store, Cancel);
        Assert.Equal((20_000, 19_999L * 10_000), (figures.Objects, figures.Bytes));
        Assert.InRange(store.Listings, 10, 40);
        Assert.InRange(store.MostAtOnce, 2, 8);
    }

    /// <summary>A storage of keys in memory, in the order of their bytes.</summary>
    private sealed class ListedStore : IObjectStore
    {
        private readonly (string Key, long Bytes)[] _keys;
        private int _running;

        public ListedStore(string prefix, IReadOnlyDictionary<string, long> keys)
        {
            Definition = new StorageDefinition { Role = StorageRole.Primary, Bucket = "lake", Prefix = prefix };
            _keys = [.. keys.Select(key => (key.Key, key.Value)).OrderBy(key => System.Text.Encoding.UTF8.GetBytes(key.Key), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        }

        public StorageDefinition Definition { get; }

        public int Listings { get; private set; }

        public int MostAtOnce { get; private set; }

        public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            lock (_keys)
            {
                Listings++;
                MostAtOnce = Math.Max(MostAtOnce, ++_running);
            }

            try
            {
                byte[] after = System.Text.Encoding.UTF8.GetBytes(startAfter ?? "");
                foreach ((string key, long bytes) in _keys.Where(k => k.Key.StartsWith(prefix, StringComparison.Ordinal) && (startAfter is null || System.Text.Encoding.UTF8.GetBytes(k.Key).AsSpan().SequenceCompareTo(after) > 0)))
                {
                    await Task.Yield();
                    yield return new StoredObject(key, bytes, DateTimeOffset.UnixEpoch, "e");
                }
            }
            finally
            {
                lock (_keys)
                {
                    _running--;
                }
            }
        }

        public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            await Task.Yield();
            foreach (string folder in _keys.Where(k => k.Key.StartsWith(prefix, StringComparison.Ordinal) && k.Key.IndexOf('/', prefix.Length) >= 0).Select(k => k.Key[..(k.Key.IndexOf('/', prefix.Length) + 1)]).Distinct().ToArray())
            {
                yield return folder;
            }
        }

        public Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel) => throw new NotSupportedException();

        public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task DeleteAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<StoredObject?> FindAsync(string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => throw new NotSupportedException();

        public Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
