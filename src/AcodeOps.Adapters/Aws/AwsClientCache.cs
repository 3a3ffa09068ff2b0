using System.Collections.Concurrent;

namespace AcodeOps.Adapters.Aws;

/// <summary>The clients of an account, each made once.</summary>
internal sealed class AwsClientCache : IDisposable
{
    private readonly ConcurrentDictionary<object, Lazy<IDisposable>> _clients = new();

    public T Get<T>(object key, Func<T> make) where T : IDisposable =>
        (T)_clients.GetOrAdd(key, _ => new Lazy<IDisposable>(() => make())).Value;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Lazy<IDisposable> client in _clients.Values.Where(c => c.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }
}
