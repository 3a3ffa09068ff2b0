namespace AcodeOps.Routing;

/// <summary>For what is good to know and not needed: unknown is a value.</summary>
internal static class Known
{
    /// <summary>The answer; the default where it cannot be had, or not in time.</summary>
    public static async Task<T?> OrDefaultAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan within, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        try
        {
            return await ask(limit.Token).ConfigureAwait(false);
        }
        catch (AcodeException)
        {
            return default;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return default;
        }
    }
}
