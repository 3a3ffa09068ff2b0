using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>Puts the moments of a recovery in order.</summary>
internal static class ReportTimeLine
{
    /// <summary>The time line of a report that has its times and its steps.</summary>
    /// <param name="report">The report, without its time line.</param>
    /// <param name="assessedAt">When the looking ended; null where nothing was looked at.</param>
    /// <param name="decision">What was decided, in words.</param>
    public static IReadOnlyList<RecoveryEvent> Of(RecoveryReport report, DateTimeOffset? assessedAt, string decision)
    {
        IEnumerable<RecoveryEvent?> events =
        [
            Event(report.FaultAt, "Fault began", null),
            Event(report.FailedSince, "Failure first seen", string.Join(", ", report.Parts.Where(part => part.Verdict == Verdict.Failed).Select(part => ReportWords.NameOf(part.Part)))),
            Event(assessedAt, "All parts looked at", null),
            Event(report.DecidedAt, "Decided", decision),
            report.RunId.Length == 0 ? null : Event(report.StartedAt, "Run begun", Begun(report)),
            .. report.Steps.SelectMany(EventsOf),
            Event(report.OldRouteOffAt, "Old route off", null),
            Event(report.NewRouteOnAt, "New route on", report.Location),
            Event(report.FirstRowAt, "First row landed", "by the storage's clock, to the second"),
            report.RunId.Length == 0 ? null : Event(report.EndedAt, "Ended", report.Status.ToString()),
        ];

        // Of moments at the same time, the order above is that in which they come about.
        return [.. events.OfType<RecoveryEvent>().OrderBy(moment => moment.At)];
    }

    private static string? Begun(RecoveryReport report) => (report.StartedBy, report.Reason) switch
    {
        (null, null) => null,
        (null, { } reason) => reason,
        ({ } who, null) => $"by {who}",
        var (who, reason) => $"by {who}: {reason}",
    };

    private static IEnumerable<RecoveryEvent?> EventsOf(RunbookStepRun step)
    {
        yield return Event(step.StartedAt, "Step begun", step.Title);
        yield return Event(step.EndedAt, "Step ended", $"{step.Title}: {ReportWords.NameOf(step.Status)}, {ReportText.Duration(step.DurationSeconds)}{(step.Error is null ? "" : $". {step.Error}")}");
    }

    private static RecoveryEvent? Event(DateTimeOffset? time, string what, string? detail) => time is not { } at ? null : new RecoveryEvent
    {
        At = at.ToUniversalTime(),
        What = what,
        Detail = string.IsNullOrEmpty(detail) ? null : detail,
    };
}
