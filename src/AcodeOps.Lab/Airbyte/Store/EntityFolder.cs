using System.Collections.Concurrent;
using System.Text.Json;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>All entities of one kind: in memory, and one atomically written file each.</summary>
internal sealed class EntityFolder<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _all = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly Func<T, string> _key;

    public EntityFolder(string folder, Func<T, string> key)
    {
        _folder = folder;
        _key = key;
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            T entity = JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), StoreJson.Options)!;
            _all[key(entity)] = entity;
        }
    }

    public IEnumerable<T> All => _all.Values;

    public T? Find(string key) => _all.GetValueOrDefault(key);

    public void Put(T entity)
    {
        lock (_gate)
        {
            Save(entity);
        }
    }

    /// <summary>Replaces an entity by what <paramref name="change"/> makes of it; two changes never overlap.</summary>
    public T Update(string key, Func<T, T> change)
    {
        lock (_gate)
        {
            T changed = change(_all[key]);
            Save(changed);
            return changed;
        }
    }

    public void Remove(string key)
    {
        lock (_gate)
        {
            if (_all.TryRemove(key, out _))
            {
                File.Delete(PathOf(key));
            }
        }
    }

    private void Save(T entity)
    {
        string key = _key(entity);
        AtomicFile.Write(PathOf(key), JsonSerializer.SerializeToUtf8Bytes(entity, StoreJson.Options));
        _all[key] = entity;
    }

    private string PathOf(string key) => Path.Combine(_folder, key + ".json");
}
