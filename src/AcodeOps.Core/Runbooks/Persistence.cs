namespace AcodeOps.Runbooks;

/// <summary>Asks again where a server is away for a moment: a switch must not be taken back for one lost answer.</summary>
internal static class Persistence
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>Does something that may be done twice, again and again while the other side is down, throttles or faults, for half a minute.</summary>
    /// <exception cref="AcodeException">The last failure; at once when it is of another kind.</exception>
    public static async Task<T> PersistAsync<T>(this StepContext context, Func<CancellationToken, Task<T>> act, CancellationToken cancel)
    {
        TimeProvider clock = context.Installation.Clock;
        long started = clock.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                return await act(cancel).ConfigureAwait(false);
            }
            catch (AcodeException failure) when ((failure.Cause.IsOutage() || failure.Cause == FailureClass.Throttled) && clock.GetElapsedTime(started) + pause < Limit)
            {
                context.Report($"{failure.Message} Trying again …");
                await Task.Delay(pause, clock, cancel).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>The same for an act without a result.</summary>
    public static Task PersistAsync(this StepContext context, Func<CancellationToken, Task> act, CancellationToken cancel) => context.PersistAsync(
        async c =>
        {
            await act(c).ConfigureAwait(false);
            return true;
        },
        cancel);
}
