using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AcodeOps.Audit;

namespace AcodeOps.Core.Tests.Audit;

/// <summary>A spool in memory.</summary>
internal sealed class MemorySpool : IAuditSpool
{
    public ConcurrentDictionary<string, byte[]> Waiting { get; } = new();

    /// <summary>Thrown by every call, when set.</summary>
    public AcodeException? Fault { get; set; }

    public Task KeepAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        Check();
        Waiting[key] = content.ToArray();
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        Check();
        foreach (string key in Waiting.Keys.OrderBy(k => AuditKey.TryParse(k)!.SortText, StringComparer.Ordinal))
        {
            yield return key;
        }
    }

    public Task<byte[]?> ReadAsync(string key, CancellationToken cancel)
    {
        Check();
        return Task.FromResult(Waiting.TryGetValue(key, out byte[]? content) ? content : null);
    }

    public Task ReleaseAsync(string key, CancellationToken cancel)
    {
        Check();
        Waiting.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private void Check()
    {
        if (Fault is not null)
        {
            throw Fault;
        }
    }
}
