namespace AcodeOps.Notifications;

/// <summary>What an object of the product says for a notification about it.</summary>
/// <param name="Title">What happened, in one line; null where the operator has to say.</param>
/// <param name="Text">What is to be known besides; null for nothing.</param>
/// <param name="Severity">How much it matters; null where that does not follow.</param>
/// <param name="Phase">Where the incident stands; null where that does not follow.</param>
public sealed record NotificationSubject(string? Title, string? Text, NotificationSeverity? Severity, NotificationPhase? Phase)
{
    /// <summary>The run that it belongs to; null for none.</summary>
    public string? RunId { get; init; }

    /// <summary>The facts that are told with it.</summary>
    public IReadOnlyList<NotificationFact> Facts { get; init => field = value.ToArray(); } = [];

    /// <summary>Of any object, or of none.</summary>
    public static NotificationSubject Of(object? subject) => subject switch
    {
        null => new(null, null, null, null),
        RunbookRun run => OfRun(run),
        RecoveryPlan plan => OfPlan(plan),
        HealthCheck check => OfCheck(check),
        Finding finding => OfFinding(finding),
        _ => new(subject.ToString() is { Length: > 0 } text ? text : null, null, null, null),
    };

    /// <summary>The notification about it, free of secrets, as the operator wishes.</summary>
    /// <exception cref="AcodeException"><c>NotificationTitleMissing</c>: neither the object nor the operator says what happened.</exception>
    public Notification ToNotification(IInstallation installation, NotificationWishes wishes)
    {
        DateTimeOffset now = installation.Clock.GetUtcNow();
        Notification notification = new()
        {
            IncidentId = wishes.IncidentId ?? RunId ?? installation.Identifiers.Next(now),
            Severity = wishes.Severity ?? Severity ?? NotificationSeverity.Warning,
            Phase = wishes.Phase ?? Phase ?? NotificationPhase.Opened,
            Title = wishes.Title ?? Title ?? throw new AcodeException("NotificationTitleMissing", FailureClass.InvalidInput, "What happened is not said.")
            {
                Advice = "Say it with -Title, or pipe in what it is about.",
            },
            Text = wishes.Text ?? Text ?? "",
            Facts = [.. Facts, .. wishes.Facts ?? []],
            Environment = installation.Environment.Name,
            RunId = RunId,
            At = now,
        };
        return notification.Cleaned();
    }

    // A run that was undone or superseded has ended, but not what it was for: only a proven one resolves the incident.
    private static NotificationSubject OfRun(RunbookRun run) => new(
        run.ToString(),
        Sentences(run.Error ?? run.Reason, run.Advice),
        run.Status switch
        {
            RunbookStatus.Escalated => NotificationSeverity.Critical,
            RunbookStatus.Failed => NotificationSeverity.Error,
            RunbookStatus.Running or RunbookStatus.AwaitingProof or RunbookStatus.Interrupted => NotificationSeverity.Warning,
            _ => NotificationSeverity.Information,
        },
        run.Status switch
        {
            RunbookStatus.Completed => NotificationPhase.Resolved,
            RunbookStatus.Failed or RunbookStatus.Escalated => NotificationPhase.Failed,
            _ => NotificationPhase.Update,
        })
    {
        RunId = run.RunId.Length > 0 ? run.RunId : null,
        Facts = Known(
            ("Runbook", run.Runbook), ("Status", run.Status), ("Started", run.StartedAt), ("Started by", run.StartedBy),
            ("Duration (s)", run.DurationSeconds), ("Error", run.ErrorId)),
    };

    private static NotificationSubject OfPlan(RecoveryPlan plan) => new(
        $"Recovery of {plan.Environment}: {plan.Strategy}",
        plan.Decision.Reason,
        plan switch
        {
            { Strategy: RecoveryStrategy.None, Decision.RedundancyLost.Count: 0 } => NotificationSeverity.Information,
            { Strategy: RecoveryStrategy.None } => NotificationSeverity.Warning,
            { IsExecutable: true } or { Strategy: RecoveryStrategy.Unknown } => NotificationSeverity.Error,
            _ => NotificationSeverity.Critical,
        },
        plan.Strategy == RecoveryStrategy.None ? NotificationPhase.Update : NotificationPhase.Opened)
    {
        Facts = Known(
            ("Strategy", plan.Strategy), ("Executable", plan.IsExecutable), ("Rows at risk", plan.RowsAtRisk),
            ("Redundancy lost", plan.Decision.RedundancyLost is { Count: > 0 } lost ? lost : null), ("Holds until", plan.ExpiresAt)),
    };

    // That one check is healthy says nothing of the incident that another began: it resolves none by itself.
    private static NotificationSubject OfCheck(HealthCheck check) => new(
        $"{check.Component} {check.Target}: {check.Verdict}",
        Sentences(check.Summary, check.Remedy),
        check.Verdict switch
        {
            Verdict.Healthy => NotificationSeverity.Information,
            Verdict.Failed => NotificationSeverity.Error,
            _ => NotificationSeverity.Warning,
        },
        check.Verdict == Verdict.Healthy ? NotificationPhase.Update : NotificationPhase.Opened)
    {
        Facts = Known(
            ("Component", check.Component), ("Target", check.Target), ("Verdict", check.Verdict), ("Value", Figure(check.Value, check.Unit)),
            ("Threshold", Figure(check.Threshold, check.Unit)), ("Cause", check.Cause), ("Error", check.ErrorId), ("Checked", check.CheckedAt)),
    };

    private static NotificationSubject OfFinding(Finding finding) => new(
        $"{finding.Rule}: {finding.Target}",
        Sentences(finding.Message, finding.Remedy),
        finding.Severity switch
        {
            FindingSeverity.Error => NotificationSeverity.Error,
            FindingSeverity.Warning => NotificationSeverity.Warning,
            _ => NotificationSeverity.Information,
        },
        NotificationPhase.Opened)
    {
        Facts = Known(("Rule", finding.Rule), ("Target", finding.Target), ("Found", finding.Current), ("Proposed", finding.Proposed), ("Evidence", finding.Evidence)),
    };

    private static string? Figure(double? value, string? unit) => value is null ? null : FormattableString.Invariant($"{value:0.###} {unit}").TrimEnd();

    private static string? Sentences(params string?[] parts) => string.Join('\n', parts.Where(part => part is { Length: > 0 })) is { Length: > 0 } text ? text : null;

    private static IReadOnlyList<NotificationFact> Known(params (string Name, object? Value)[] facts) =>
        NotificationFact.ListOf(facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Name, fact => fact.Value));
}
