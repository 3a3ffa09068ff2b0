using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>Judges the connection of a route that writes, by its syncs.</summary>
internal static class ActiveConnectionJudgement
{
    public static Observation Judge(RouteReading reading, SyncHistory history, Objectives objectives, SourceMovement? movement, DateTimeOffset now)
    {
        double limit = reading.Definition.SyncMinutes ?? objectives.SyncMinutes;
        string look = $"`Get-AcodeSync -Connection {reading.Connection!.ConnectionId}`";
        return Unreadable(history, look)
            ?? TooLong(history, limit, look)
            ?? NotSucceeded(history, look)
            ?? ZeroRows(reading, history, movement, look)
            ?? Age(history, objectives, look, now);
    }

    private static Observation? Unreadable(SyncHistory history, string look) => !history.IsUntold ? null
        : new Observation(Verdict.Unknown, "The last sync has a status that this version of AcodeOps does not know.")
        {
            ErrorId = "SyncStatusUnknown",
            Remedy = $"Look at it in Airbyte, and with {look}.",
        };

    private static Observation? TooLong(SyncHistory history, double limitMinutes, string look) =>
        history is not { Running: { } running, RunningFor: { } time } || time.TotalMinutes <= limitMinutes ? null
        : new Observation(Verdict.Degraded, $"Job {running.JobId} has been running for {Elapsed.Text(time)}; {Elapsed.Text(TimeSpan.FromMinutes(limitMinutes))} are allowed.")
        {
            ErrorId = "SyncRunsTooLong",
            Value = Math.Round(time.TotalMinutes, 1),
            Unit = "min",
            Threshold = limitMinutes,
            Remedy = $"See in Airbyte whether its row count still grows; {look} shows how long the ones before took. `Test-AcodeHealth -Component Source, Kubernetes` shows what may hold it up.",
        };

    private static Observation? NotSucceeded(SyncHistory history, string look)
    {
        // While the next one runs, what failed before may just be mending itself.
        string now = history.Running is { } running ? $" Job {running.JobId} runs now." : "";
        Verdict failed = history.Running is null ? Verdict.Failed : Verdict.Degraded;
        return history switch
        {
            { LastEnded: null, Running: null } => new Observation(Verdict.Degraded, "Active, and has never synced: nothing has landed by this route yet.")
            {
                ErrorId = "NeverSynced",
                Remedy = "Start its first sync in Airbyte, or see why its scheduler does not.",
            },
            { LastEnded: null } => new Observation(Verdict.Degraded, $"The first sync runs; nothing has landed by this route yet.{now}")
            {
                ErrorId = "NeverSynced",
                Remedy = $"Follow it with {look}.",
            },
            { LastEnded: { Status: SyncStatus.Failed } ended } => new Observation(failed, $"The last sync failed: job {ended.JobId}, {Elapsed.At(SyncHistory.EndOf(ended))}.{now}")
            {
                ErrorId = "SyncFailed",
                Remedy = $"See in Airbyte why job {ended.JobId} failed; {look} shows the ones before. What it had written may be half a snapshot.",
            },
            { Running: { Status: SyncStatus.Incomplete } attempt } => new Observation(Verdict.Degraded, $"An attempt of job {attempt.JobId} failed; Airbyte will try again.")
            {
                ErrorId = "SyncAttemptFailed",
                Remedy = $"See in Airbyte why; {look} shows the job's state.",
            },
            { LastEnded: { Status: SyncStatus.Cancelled } ended, Running: null } => new Observation(Verdict.Degraded, $"The last sync was cancelled: job {ended.JobId}, {Elapsed.At(SyncHistory.EndOf(ended))}.")
            {
                ErrorId = "SyncCancelled",
                Remedy = "Start it again once the reason is gone. What it had written may be half a snapshot.",
            },
            _ => null,
        };
    }

    private static Observation? ZeroRows(RouteReading reading, SyncHistory history, SourceMovement? movement, string look)
    {
        if (history.LastSuccess is not { RowsSynced: 0 } success)
        {
            return null;
        }

        bool isFull = reading.Connection!.Streams.Any(stream => !stream.IsIncremental);
        if (!isFull && movement?.HasMoved == false)
        {
            return null;
        }

        string why = isFull ? "a full refresh writes every row there is" : movement?.Evidence ?? "how far the source's data reaches is not known";
        bool isCertain = isFull || movement?.HasMoved == true;
        return new Observation(
            !isCertain ? Verdict.Unknown : history.Running is null ? Verdict.Failed : Verdict.Degraded,
            isCertain ? $"Job {success.JobId} succeeded with no row at all, although {why}." : $"Job {success.JobId} succeeded with no row; {why}.")
        {
            ErrorId = "ZeroRowSuccess",
            Value = 0,
            Unit = "rows",
            Evidence = movement is null ? [] : [movement.Evidence],
            Remedy = $"Do not trust this success. Check the source with `Test-AcodeHealth -Component Source, Watermark`, and what its account may read; {look} shows when rows last came.",
        };
    }

    private static Observation Age(SyncHistory history, Objectives objectives, string look, DateTimeOffset now)
    {
        if (history.LastSuccess is not { } success || SyncHistory.EndOf(success) is not { } endedAt)
        {
            return new Observation(Verdict.Unknown, "No success among its last syncs, or Airbyte does not tell when it was.")
            {
                ErrorId = "LastSuccessUnknown",
                Remedy = $"{look} shows all of its syncs.",
            };
        }

        TimeSpan age = now - endedAt;
        Observation seen = (age.TotalHours > objectives.FreshnessHours, success.RowsSynced) switch
        {
            (true, _) => new Observation(Verdict.Degraded, $"The last success is {Elapsed.Text(age)} old; {objectives.FreshnessHours:0.#} h are allowed.")
            {
                ErrorId = "SyncOverdue",
                Remedy = $"See whether its scheduler started it: {look}. Airbyte's own schedule is only one of the possible starters.",
            },
            (_, null) => new Observation(Verdict.Unknown, $"The last sync succeeded {Elapsed.Text(age)} ago; Airbyte does not tell how many rows it moved.")
            {
                ErrorId = "RowsUntold",
                Remedy = "`Test-AcodeHealth -Component Freshness` looks at what has landed.",
            },
            (_, { } rows) => new Observation(Verdict.Healthy, $"The last sync succeeded {Elapsed.Text(age)} ago: {Elapsed.Rows(rows)}{Duration(success)}."),
        };
        string runs = history.Running is { } running ? $" Job {running.JobId} runs{(history.RunningFor is { } time ? $", for {Elapsed.Text(time)} now" : "")}." : "";
        return seen with { Summary = seen.Summary + runs, Value = Math.Round(age.TotalHours, 2), Unit = "h", Threshold = objectives.FreshnessHours };
    }

    private static string Duration(Sync sync) => sync.DurationSeconds is { } seconds ? $" in {Elapsed.Text(TimeSpan.FromSeconds(seconds))}" : "";
}
