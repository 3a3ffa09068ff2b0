using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>Judges the connection of a route that waits: inactive is as it should be.</summary>
internal static class StandbyJudgement
{
    public static Observation Judge(RouteReading reading, SyncHistory history)
    {
        string look = $"`Get-AcodeSync -Connection {reading.Connection!.ConnectionId}`";
        if (history.Running is { } running)
        {
            return new Observation(Verdict.Degraded, $"Inactive, and yet job {running.JobId} still writes: setting a connection inactive does not stop its sync.")
            {
                ErrorId = "StandbyIsWriting",
                Remedy = $"Cancel job {running.JobId} in Airbyte unless it is meant to end by itself; follow it with {look}.",
            };
        }

        bool isFull = reading.Connection.Streams.Any(stream => !stream.IsIncremental);
        return history switch
        {
            { IsUntold: true } => new Observation(Verdict.Unknown, "Standby; its last sync has a status that this version of AcodeOps does not know.")
            {
                ErrorId = "SyncStatusUnknown",
                Remedy = $"Look at it in Airbyte, and with {look}.",
            },
            { LastEnded.Status: SyncStatus.Failed } => new Observation(Verdict.Degraded, "Standby, and its last sync failed: it may fail again when it is needed.")
            {
                ErrorId = "StandbyFailedLast",
                Remedy = $"See in Airbyte why job {history.LastEnded!.JobId} failed; {look} shows the ones before.",
            },
            { LastSuccess: null } => new Observation(Verdict.Unknown, "Standby, inactive as it should be; it has never run, so nothing proves that it would work.")
            {
                ErrorId = "StandbyNeverRan",
                Remedy = "No hurry: rehearse it once at a quiet hour, so that it is proven before the night it matters.",
            },
            { LastSuccess: { RowsSynced: 0 } success } when isFull => new Observation(Verdict.Degraded, "Standby, and its last sync succeeded without a single row.")
            {
                ErrorId = "StandbyMovedNothing",
                Remedy = $"Check that its source has rows and its account may read them; {look} shows job {success.JobId} and the ones before.",
            },
            { LastSuccess: { } success } => new Observation(
                Verdict.Healthy, $"Standby, inactive as it should be; last ran {Elapsed.At(SyncHistory.EndOf(success))}, {Moved(success)}."),
        };
    }

    private static string Moved(Sync sync) => sync.RowsSynced is { } rows ? Elapsed.Rows(rows) : "rows not told";
}
