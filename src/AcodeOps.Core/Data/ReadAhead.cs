using System.Runtime.CompilerServices;

namespace AcodeOps;

/// <summary>Asks for several items at once and hands the answers out in the order of the items.</summary>
internal static class ReadAhead
{
    /// <summary>Runs <paramref name="ask"/> on each item, at most <paramref name="width"/> at a time.</summary>
    public static IAsyncEnumerable<TAnswer> SelectAsync<TItem, TAnswer>(
        IEnumerable<TItem> items, int width, Func<TItem, CancellationToken, Task<TAnswer>> ask, CancellationToken cancel) =>
        SelectAsync(OneByOneAsync(items), width, ask, cancel);

    /// <inheritdoc cref="SelectAsync{TItem, TAnswer}(IEnumerable{TItem}, int, Func{TItem, CancellationToken, Task{TAnswer}}, CancellationToken)"/>
    public static async IAsyncEnumerable<TAnswer> SelectAsync<TItem, TAnswer>(
        IAsyncEnumerable<TItem> items, int width, Func<TItem, CancellationToken, Task<TAnswer>> ask, [EnumeratorCancellation] CancellationToken cancel)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Queue<Task<TAnswer>> running = new();
        try
        {
            await foreach (TItem item in items.WithCancellation(cancel).ConfigureAwait(false))
            {
                running.Enqueue(ask(item, stop.Token));
                if (running.Count == width)
                {
                    yield return await running.Dequeue().ConfigureAwait(false);
                }
            }

            while (running.Count > 0)
            {
                yield return await running.Dequeue().ConfigureAwait(false);
            }
        }
        finally
        {
            // Whoever stops reading early, or on the first failure, leaves nothing behind that still works.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async IAsyncEnumerable<TItem> OneByOneAsync<TItem>(IEnumerable<TItem> items)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (TItem item in items)
        {
            yield return item;
        }
    }
}
