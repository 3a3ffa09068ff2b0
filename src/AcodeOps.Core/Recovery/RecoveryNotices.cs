using AcodeOps.Notifications;

namespace AcodeOps.Recovery;

/// <summary>
/// Tells the environment's channels that a recovery begins, and how it has ended, with the run's id as the incident's. That
/// somebody could not be told neither stops a recovery nor holds it up: it is a warning of its run.
/// </summary>
/// <param name="installation">The installation.</param>
public sealed class RecoveryNotices(IInstallation installation)
{
    // An operator who has stopped the recovery does not wait for channels.
    private static readonly TimeSpan LimitAfterStop = TimeSpan.FromSeconds(1);

    /// <summary>Recovers, and tells of it before and after.</summary>
    /// <param name="plan">What is carried out.</param>
    /// <param name="runId">The id of the run that does it.</param>
    /// <param name="recover">Does it.</param>
    /// <param name="cancel">Stops the recovery; how it ended is told all the same.</param>
    /// <returns>The run, with a warning for each channel that was not told.</returns>
    /// <exception cref="AcodeException">What the recovery was refused by, before anything was begun.</exception>
    public async Task<RunbookRun> AroundAsync(RecoveryPlan plan, string runId, Func<Task<RunbookRun>> recover, CancellationToken cancel)
    {
        Task<IReadOnlyList<NotificationResult>> opened = SendAsync(
            NotificationSubject.Of(plan), new(Title: $"Recovery of {plan.Environment} begins: {plan.Strategy}", Phase: NotificationPhase.Opened, IncidentId: runId), cancel);
        RunbookRun run;
        try
        {
            run = await recover().ConfigureAwait(false);
        }
        catch (Exception e) when (e is AcodeException or OperationCanceledException)
        {
            // Nothing was begun; whoever was told that it would be must hear so.
            string why = e is AcodeException refused ? $"{refused.Message}\n{refused.Advice}".TrimEnd() : "Its operator has stopped it.";
            await SendAsync(
                NotificationSubject.Of(plan), new($"Recovery of {plan.Environment} did not begin", why, NotificationSeverity.Error, NotificationPhase.Failed, runId), cancel).ConfigureAwait(false);
            await opened.ConfigureAwait(false);
            throw;
        }

        // A switch that was taken back has changed nothing, and recovered nothing.
        bool isFailed = run.Status is not (RunbookStatus.Completed or RunbookStatus.AwaitingProof or RunbookStatus.Escalated);
        NotificationWishes wishes = isFailed ? new(Severity: NotificationSeverity.Error, Phase: NotificationPhase.Failed, IncidentId: runId) : new(IncidentId: runId);
        IReadOnlyList<NotificationResult> closed = await SendAsync(NotificationSubject.Of(run), wishes, cancel).ConfigureAwait(false);
        return run with
        {
            Warnings = [.. run.Warnings, .. (await opened.ConfigureAwait(false)).Concat(closed).Where(result => !result.Delivered).Select(result => result.ToFailure()!.Message)],
        };
    }

    private async Task<IReadOnlyList<NotificationResult>> SendAsync(NotificationSubject subject, NotificationWishes wishes, CancellationToken cancel)
    {
        Notification notification = subject.ToNotification(installation, wishes) with { RunId = wishes.IncidentId };
        IReadOnlyList<NotificationDefinition> channels = NotificationChannels.For(notification, installation.Environment.Notifications);
        if (channels.Count == 0)
        {
            return [];
        }

        NotificationDispatcher dispatcher = cancel.IsCancellationRequested
            ? new(installation.Notifier, installation.Clock) { ChannelLimit = LimitAfterStop }
            : NotificationDispatcher.Of(installation);
        return await dispatcher.SendAsync(notification, channels, CancellationToken.None).ConfigureAwait(false);
    }
}
