using AcodeOps.Notifications;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery;

/// <summary>
/// Tells the environment's channels that a recovery has begun, and how it has ended, with the run's id as the incident's. That
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
    /// <param name="recover">Does it, and reports its steps.</param>
    /// <param name="progress">Is told the steps, too; null for nobody.</param>
    /// <param name="cancel">Stops the recovery; how it ended is told all the same.</param>
    /// <returns>The run, with a warning for each channel that was not told.</returns>
    /// <exception cref="AcodeException">What the recovery was refused by, before anything was begun.</exception>
    public async Task<RunbookRun> AroundAsync(
        RecoveryPlan plan, string runId, Func<IProgress<RunProgress>, Task<RunbookRun>> recover, IProgress<RunProgress>? progress, CancellationToken cancel)
    {
        Opening opening = new(progress, () => SendAsync(
            NotificationSubject.Of(plan), new(Title: $"Recovery of {plan.Environment} begins: {plan.Strategy}", Phase: NotificationPhase.Opened, IncidentId: runId), cancel));
        RunbookRun run;
        try
        {
            run = await recover(opening).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AcodeException or OperationCanceledException)
        {
            // Where another is at it already, people hear from there.
            if (e is not AcodeException { Cause: FailureClass.Conflict })
            {
                string why = e is AcodeException refused ? $"{refused.Message}\n{refused.Advice}".TrimEnd() : "Its operator has stopped it.";
                await SendAsync(
                    NotificationSubject.Of(plan), new($"Recovery of {plan.Environment} did not begin", why, NotificationSeverity.Error, NotificationPhase.Failed, runId), cancel).ConfigureAwait(false);
            }

            await opening.EndAsync().ConfigureAwait(false);
            throw;
        }

        IReadOnlyList<NotificationResult> opened = await opening.EndAsync().ConfigureAwait(false);
        run = await AfterAsync(run, cancel).ConfigureAwait(false);
        return run with { Warnings = [.. run.Warnings, .. Untold(opened)] };
    }

    /// <summary>Tells how a recovery has ended that was gone on with, or taken back, later. A run that is no recovery's is nobody's to hear of.</summary>
    /// <param name="run">The run as it ended.</param>
    /// <param name="cancel">Its operator has stopped it: the channels get a second.</param>
    /// <returns>The run, with a warning for each channel that was not told.</returns>
    public async Task<RunbookRun> AfterAsync(RunbookRun run, CancellationToken cancel)
    {
        if (run.Plan is not (FailoverPlan { Assessment: not null } or RecoveryPlan))
        {
            return run;
        }

        // A switch that was taken back has changed nothing, and recovered nothing.
        bool isFailed = run.Status is not (RunbookStatus.Completed or RunbookStatus.AwaitingProof or RunbookStatus.Escalated);
        NotificationWishes wishes = isFailed ? new(Severity: NotificationSeverity.Error, Phase: NotificationPhase.Failed, IncidentId: run.RunId) : new(IncidentId: run.RunId);
        IReadOnlyList<NotificationResult> closed = await SendAsync(NotificationSubject.Of(run), wishes, cancel).ConfigureAwait(false);
        return run with { Warnings = [.. run.Warnings, .. Untold(closed)] };
    }

    /// <summary>A warning for each channel that was not told.</summary>
    internal static IEnumerable<string> Untold(IReadOnlyList<NotificationResult> results) =>
        results.Where(result => !result.Delivered).Select(result => result.ToFailure()!.Message);

    /// <summary>Tells the channels whose severity it reaches.</summary>
    internal async Task<IReadOnlyList<NotificationResult>> SendAsync(NotificationSubject subject, NotificationWishes wishes, CancellationToken cancel)
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

    /// <summary>The first step that is reported shows that the run has begun, under the lease where it needs one: then it is told.</summary>
    private sealed class Opening(IProgress<RunProgress>? progress, Func<Task<IReadOnlyList<NotificationResult>>> tell) : IProgress<RunProgress>
    {
        private Task<IReadOnlyList<NotificationResult>>? _told;

        public void Report(RunProgress value)
        {
            _told ??= tell();
            progress?.Report(value);
        }

        public Task<IReadOnlyList<NotificationResult>> EndAsync() => _told ?? Task.FromResult<IReadOnlyList<NotificationResult>>([]);
    }
}
