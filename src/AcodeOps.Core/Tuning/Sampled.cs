namespace AcodeOps.Tuning;

/// <summary>Something read, and when: by the clock, for people, and by the clock that is never set, for differences.</summary>
/// <param name="Value">What was read.</param>
/// <param name="At">This machine's clock at the middle of the question, UTC.</param>
/// <param name="Timestamp">The same moment as <see cref="TimeProvider.GetTimestamp"/> counts.</param>
internal sealed record Sampled<T>(T Value, DateTimeOffset At, long Timestamp);

/// <summary>Reads, and notes when.</summary>
internal static class Sampling
{
    /// <summary>Reads something and notes the middle of the question.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="limit">The longest that the answer may take.</param>
    /// <param name="late">What is thrown when it takes longer.</param>
    /// <param name="read">The question.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Sampled<T>> ReadAsync<T>(TimeProvider clock, TimeSpan limit, Func<AcodeException> late, Func<CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        DateTimeOffset asked = clock.GetUtcNow();
        long began = clock.GetTimestamp();
        using CancellationTokenSource timeout = new(limit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        T value;
        try
        {
            value = await read(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw late();
        }

        long half = (clock.GetTimestamp() - began) / 2;
        return new Sampled<T>(value, asked + clock.GetElapsedTime(began, began + half), began + half);
    }

    /// <summary>The error of a server that does not answer in time.</summary>
    public static AcodeException Late(SourceDefinition source, TimeSpan limit) => new(
        "SourceTimedOut", FailureClass.Timeout, $"{source} did not answer within {limit.TotalSeconds:0} s.")
    {
        Advice = "Look at the network between here and there, or repeat with a larger -TimeoutSeconds.",
        Subject = source,
    };
}
