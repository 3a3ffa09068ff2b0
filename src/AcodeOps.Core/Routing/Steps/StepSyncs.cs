using System.Globalization;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Routing.Steps;

/// <summary>What steps do with syncs: start one once, wait for its end, end it.</summary>
internal static class StepSyncs
{
    // How often a job's state is asked for: quickly at first, as most answers come within a second.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The newest sync of a connection, of any kind; null when there was none.</summary>
    public static Task<Sync?> NewestSyncAsync(this StepContext context, Guid connection, CancellationToken cancel) =>
        context.PersistAsync(c => context.Installation.Airbyte.ReadNewestSyncAsync(connection, c), cancel);

    /// <summary>Starts a sync, or takes the one that was started meanwhile: by somebody else, or by a request whose answer was lost.</summary>
    /// <param name="context">The step.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="find">Finds what was started already; null for nothing.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Sync> StartSyncAsync(this StepContext context, Guid connection, Func<CancellationToken, Task<Sync?>> find, CancellationToken cancel)
    {
        try
        {
            return await context.Installation.Airbyte.StartSyncAsync(connection, cancel).ConfigureAwait(false);
        }
        catch (AcodeException refused) when (refused.Id == "SyncRunning" || refused.Cause.IsOutage())
        {
            // Somebody else was first, or the answer was lost after the work: look before asking again.
            if (await find(cancel).ConfigureAwait(false) is { } started)
            {
                return started;
            }

            if (refused.Id == "SyncRunning" && await context.NewestSyncAsync(connection, cancel).ConfigureAwait(false) is { IsTerminal: false } running)
            {
                return running;
            }

            throw;
        }
    }

    /// <summary>A sync as it is now.</summary>
    /// <exception cref="AcodeException"><c>SyncLost</c>: Airbyte does not know it any more.</exception>
    public static async Task<Sync> ReadSyncAsync(this StepContext context, long job, CancellationToken cancel) =>
        await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(job, c), cancel).ConfigureAwait(false)
        ?? throw new AcodeException("SyncLost", FailureClass.NotFound, $"Airbyte does not know job {job} any more.") { Subject = job };

    /// <summary>Waits until a sync has ended.</summary>
    public static async Task<Sync> EndOfAsync(this StepContext context, Sync sync, Action<Sync> seen, CancellationToken cancel)
    {
        for (TimeSpan pause = FirstPause; !sync.IsTerminal; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            seen(sync);
            await Task.Delay(pause, context.Installation.Clock, cancel).ConfigureAwait(false);
            sync = await context.ReadSyncAsync(sync.JobId, cancel).ConfigureAwait(false);
        }

        seen(sync);
        return sync;
    }

    /// <summary>Shows how far a sync is.</summary>
    /// <param name="context">The step.</param>
    /// <param name="sync">The sync.</param>
    /// <param name="due">How many rows it is about to bring; null where that is not known.</param>
    public static void ReportRows(this StepContext context, Sync sync, long? due)
    {
        string rows = string.Create(CultureInfo.InvariantCulture, $"{sync}: {sync.RowsSynced ?? 0:N0} rows, {(sync.BytesSynced ?? 0) / 1e6:N1} MB");
        if (due is not > 0 || sync is not { RowsSynced: > 0 and { } done, StartedAt: { } startedAt })
        {
            context.Report(rows);
            return;
        }

        double share = Math.Min(1, (double)done / due.Value);
        DateTimeOffset end = startedAt + ((context.Now - startedAt) / share);
        context.Report($"{rows}; about to end at {end.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC", (int)(share * 100));
    }

    /// <summary>Asks for the end of a sync, and waits until it has ended.</summary>
    /// <exception cref="AcodeException"><c>SyncStillRunning</c>: Airbyte did not end it in the time allowed.</exception>
    public static async Task<Sync> CancelAsync(this StepContext context, Sync sync, TimeSpan limit, CancellationToken cancel)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limit);
        try
        {
            sync = await context.PersistAsync(c => context.Installation.Airbyte.CancelSyncAsync(sync.JobId, c), time.Token).ConfigureAwait(false);
            return await context.EndOfAsync(sync, s => context.Report($"Waiting for the end of {s}"), time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new AcodeException("SyncStillRunning", FailureClass.Timeout,
                $"Airbyte has not ended job {sync.JobId} within {limit.TotalSeconds:0} s of being asked to: it may still write.")
            {
                Advice = "Look at the job's pod and end it there, then repeat the command.",
                Subject = sync,
            };
        }
    }
}
