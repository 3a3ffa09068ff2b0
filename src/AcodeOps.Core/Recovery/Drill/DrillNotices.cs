using AcodeOps.Notifications;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Tells the environment's channels of a rehearsal that went wrong, as a warning that says that it was one. Of one that went well nobody is told.</summary>
/// <param name="installation">The installation.</param>
public sealed class DrillNotices(IInstallation installation)
{
    /// <summary>Rehearses, and tells of it where it failed.</summary>
    /// <param name="drill">Does it.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The run, with a warning for each object that was left and for each channel that was not told.</returns>
    public async Task<RunbookRun> AfterAsync(Func<Task<RunbookRun>> drill, CancellationToken cancel)
    {
        RunbookRun run = await drill().ConfigureAwait(false);
        IReadOnlyList<string> left = run.Result is DrillResult result ? result.Left : [];
        run = run with { Warnings = [.. run.Warnings, .. left.Select(key => $"Left by the drill: {key}")] };

        // Whoever has stopped it knows, as long as nothing of it is left.
        if (run.Status == RunbookStatus.Completed || run is { Status: RunbookStatus.Undone, ErrorId: RunFailures.StoppedId })
        {
            return run;
        }

        NotificationWishes wishes = new(
            Title: $"Drill of {run.Environment}, a rehearsal, has failed: {run.Title}",
            Severity: NotificationSeverity.Warning,
            Phase: NotificationPhase.Failed,
            IncidentId: run.RunId,
            Facts: [new NotificationFact("Drill", "a rehearsal: ingestion was not touched")]);
        IReadOnlyList<NotificationResult> told = await new RecoveryNotices(installation).SendAsync(NotificationSubject.Of(run), wishes, cancel).ConfigureAwait(false);
        return run with { Warnings = [.. run.Warnings, .. RecoveryNotices.Untold(told)] };
    }
}
