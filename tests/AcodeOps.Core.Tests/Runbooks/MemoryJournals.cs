using System.Runtime.CompilerServices;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>A machine's journals in memory.</summary>
internal sealed class MemoryJournals(Moments moments, Dictionary<string, List<byte[]>> runs) : IJournalFolder
{
    /// <summary>Thrown by every append that this tells.</summary>
    public Func<string, AcodeException?> Fault { get; set; } = _ => null;

    public Task AppendAsync(string runId, ReadOnlyMemory<byte> line, CancellationToken cancel)
    {
        string text = System.Text.Encoding.UTF8.GetString(line.Span);
        if (Fault(text) is { } fault)
        {
            throw fault;
        }

        return Task.FromResult(moments.Change(() =>
        {
            if (!runs.TryGetValue(runId, out List<byte[]>? lines))
            {
                runs[runId] = lines = [];
            }

            lines.Add(line.ToArray());
            return true;
        }));
    }

    public Task<IReadOnlyList<byte[]>> ReadAsync(string runId, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<byte[]>>([.. runs.GetValueOrDefault(runId, [])]);

    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (string run in runs.Keys.OrderDescending(StringComparer.Ordinal))
        {
            yield return run;
        }
    }
}
