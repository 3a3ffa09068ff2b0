using System.Globalization;

namespace AcodeOps.Syncs;

/// <summary>Waits for the end of a sync.</summary>
public static class SyncWait
{
    // Often at first, as a small sync ends soon; Airbyte itself tells of progress every few seconds only.
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // Airbyte's server may be restarted while its worker goes on: so many questions in a row may fail.
    private const int Failures = 6;

    /// <summary>The sync when nothing more will happen to it.</summary>
    /// <param name="airbyte">The server.</param>
    /// <param name="sync">The sync as last seen.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="clock">The clock to wait by.</param>
    /// <param name="seen">Is told the sync as it goes on; null for nobody.</param>
    /// <param name="cancel">Ends the wait, not the sync.</param>
    /// <exception cref="AcodeException">
    /// <c>SyncStillRunning</c> (Timeout): it has not ended within the limit. <c>SyncNotFound</c>: Airbyte has it no more.
    /// What Airbyte fails with, when it goes on failing.
    /// </exception>
    public static async Task<Sync> UntilEndedAsync(
        IAirbyteServer airbyte, Sync sync, TimeSpan limit, TimeProvider clock, IProgress<Sync>? seen, CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        TimeSpan pause = First;
        int failures = 0;
        while (!sync.IsTerminal)
        {
            seen?.Report(sync);
            TimeSpan left = limit - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw StillRunning(sync, limit);
            }

            await Task.Delay(left < pause ? left : pause, clock, cancel).ConfigureAwait(false);
            pause = pause * 1.5 < Longest ? pause * 1.5 : Longest;
            try
            {
                sync = await airbyte.ReadSyncAsync(sync.JobId, cancel).ConfigureAwait(false) ?? throw NotFound(sync.JobId);
                failures = 0;
            }
            catch (AcodeException failure) when ((failure.Cause.IsOutage() || failure.Cause == FailureClass.Throttled) && ++failures < Failures)
            {
                // Asked again after the pause.
            }
        }

        seen?.Report(sync);
        return sync;
    }

    /// <summary>The failure of a job id that Airbyte does not know.</summary>
    public static AcodeException NotFound(long jobId) => new("SyncNotFound", FailureClass.NotFound, $"Airbyte has no job {jobId}.")
    {
        Advice = "`Get-AcodeSync` lists the jobs of the environment's routes.",
        Subject = jobId,
        IsFatal = false,
    };

    private static AcodeException StillRunning(Sync sync, TimeSpan limit) => new(
        "SyncStillRunning", FailureClass.Timeout, string.Create(CultureInfo.InvariantCulture, $"Airbyte's {sync} has not ended within {limit.TotalSeconds:N0} s."))
    {
        Advice = $"`Wait-AcodeSync {sync.JobId}` waits on; Airbyte's own page of the job shows what it is at.",
        Subject = sync,
        IsFatal = false,
    };
}
