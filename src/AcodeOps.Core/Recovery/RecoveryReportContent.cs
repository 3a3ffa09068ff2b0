using AcodeOps.Recovery.Corruption;
using AcodeOps.Recovery.Drill;
using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>The report of a recovery in words: what is written of it, whatever it is written in.</summary>
public static class RecoveryReportContent
{
    private const string StepPrefix = "Step ";

    /// <summary>The content.</summary>
    public static Report Of(RecoveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new Report
        {
            Kind = report.Drill is null ? "Recovery report" : "Drill report",
            Environment = report.Environment,
            At = report.StartedAt,
            Verdict = report.Verdict,
            Headline = report.Headline,
            Summary = report.Summary,
            Figures = Figures(report),
            Notices = [.. Notices(report)],
            Facts = Facts(report),
            Charts = [.. Charts(report).Where(chart => chart.Bars.Any(bar => bar.From is not null))],
            Tables = [.. Tables(report).Where(table => table.Rows.Count > 0)],
            Lists = [.. Lists(report).Where(list => list.Lines.Count > 0)],
            Footer = report.RunId.Length == 0 ? "Made from a plan: nothing was done. All times are UTC." : $"Made from the journal of run {report.RunId} alone. All times are UTC.",
        };
    }

    private static IEnumerable<ReportNotice> Notices(RecoveryReport report)
    {
        if (report.Error is not null)
        {
            yield return new ReportNotice(ReportNoticeKind.Failure, report.ErrorId ?? "Error", report.Error);
        }

        if (report.Advice is not null)
        {
            yield return new ReportNotice(ReportNoticeKind.Next, "What to do next", report.Advice);
        }

        foreach (string warning in report.Warnings)
        {
            yield return new ReportNotice(ReportNoticeKind.Mind, "Mind", warning);
        }
    }

    private static IReadOnlyList<ReportFigure> Figures(RecoveryReport report) => report.Drill is { } drill ? DrillReport.Figures(drill) : IsReload(report) ? CorruptionReport.Figures(report) :
    [
        new("Time to recover (RTO)", report.RtoSeconds is null && !MayStillCome(report) ? "not reached" : ReportText.Duration(report.RtoSeconds), report.FaultAt is null ? "from the decision to the first row" : "from the fault to the first row"),
        new("Data missing (RPO)", ReportText.Duration(report.RpoSeconds), "from the newest data to the fault"),
        new("Rows landed", ReportText.Count(report.RowsLanded), "by the new route"),
        new("Rows missing", ReportText.Count(report.RowsMissing), "in the new source at the switch"),
        new("Rows read twice", ReportText.Count(report.RowsReadTwice), "that the lake had already"),
    ];

    private static IReadOnlyList<ReportFact> Facts(RecoveryReport report) =>
    [
        .. new (string Label, string? Value)[]
        {
            ("Environment", report.Environment),
            ("What was done", report.Title),
            ("Strategy", report.Strategy),
            ("Status", ReportWords.NameOf(report.Status)),
            ("Fault began", HasFault(report) ? ReportText.At(report.FaultAt) : null),
            ("Decided", ReportText.At(report.DecidedAt)),
            ("First row landed", ReportText.At(report.FirstRowAt)),
            ("Data up to", HasFault(report) ? ReportText.At(report.DataUpTo) : null),
            ("Data lands in", report.Drill is not null ? "as before" : report.Location ?? (report.Status is RunbookStatus.Undone or RunbookStatus.Planned ? "as before" : ReportText.NotKnown)),
            ("Emergency copy", report.EmergencyCopy?.ToString()),
            ("Redundancy lost", report.RedundancyLost.Count == 0 ? null : string.Join(", ", report.RedundancyLost)),
            ("Begun by", report.StartedBy),
            ("Reason", report.Reason),
            ("Run", report.RunId.Length == 0 ? null : report.RunId),
        }.Where(fact => fact.Value is not null).Select(fact => new ReportFact(fact.Label, fact.Value!)),
    ];

    private static IEnumerable<ReportChart> Charts(RecoveryReport report)
    {
        yield return new ReportChart("Where the time went", "Phase", "Took", Phases(report));
        yield return new ReportChart("Steps", "Step", "Took", ReportBar.OfTimes(report.Steps.Select(step => (step.Title, step.StartedAt, step.EndedAt, NoteOf(step.Status), KindOf(step.Status)))));
    }

    // From the fault to the first row; those only whose both ends are known.
    private static IReadOnlyList<ReportBar> Phases(RecoveryReport report)
    {
        (string Label, DateTimeOffset? At)[] moments =
        [
            ("the fault", report.FaultAt), ("first seen", report.FailedSince), ("decided", report.DecidedAt),
            ("old route off", report.OldRouteOffAt), ("new route on", report.NewRouteOnAt), ("first row", report.FirstRowAt),
        ];
        (string Label, DateTimeOffset At)[] known = [.. moments.Where(moment => moment.At is not null).Select(moment => (moment.Label, moment.At!.Value))];
        return ReportBar.OfTimes(known.Zip(
            known.Skip(1), (from, to) => ($"{ReportText.Capital(from.Label)} to {to.Label}", (DateTimeOffset?)from.At, (DateTimeOffset?)Later(from.At, to.At), "", ReportBarKind.Usual)));
    }

    private static IEnumerable<ReportTable> Tables(RecoveryReport report)
    {
        yield return new ReportTable(
            "Time line", [new("Time (UTC)", ReportColumnKind.Words), new("What", ReportColumnKind.Words), new("Detail")],
            [.. report.TimeLine.Select(moment => new[] { ReportText.At(moment.At), moment.What, moment.Detail ?? "" })])
        {
            Minor = [.. report.TimeLine.Select((moment, row) => (moment, row)).Where(of => of.moment.What.StartsWith(StepPrefix, StringComparison.Ordinal)).Select(of => of.row)],
        };
        yield return new ReportTable(
            "Parts as they were seen", [new("Part", ReportColumnKind.Words), new("Verdict", ReportColumnKind.Verdict), new("Looks failed", ReportColumnKind.Words), new("Summary")],
        [
            .. report.Parts.Select(part => new[] { ReportText.Capital(ReportWords.NameOf(part.Part)), part.Verdict.ToString(), part.Probes == 0 ? ReportText.NotKnown : $"{ReportText.Count(part.FailedProbes)} of {ReportText.Count(part.Probes)}", part.Summary }),
        ]);
        yield return new ReportTable(
            "Conditions of the switch", [new("Condition", ReportColumnKind.Words), new("Passed", ReportColumnKind.Verdict), new("Seen", ReportColumnKind.Verdict), new("Summary")],
        [
            .. report.Gates.Select(gate => new[] { ReportText.Capital(gate.Name), gate.IsPassed ? "Passed" : "Refused", gate.Verdict.ToString(), gate.Summary }),
        ]);
    }

    private static IEnumerable<ReportList> Lists(RecoveryReport report)
    {
        yield return new ReportList("Evidence at the time of the decision", report.Evidence);
        foreach (RunbookStepRun step in report.Steps)
        {
            yield return new ReportList($"Step: {step.Title}", [.. step.Evidence, .. step.Error is null ? Array.Empty<string>() : [$"{step.ErrorId}: {step.Error}"]]);
        }

        yield return new ReportList("Moved to quarantine", report.Quarantined);
        yield return new ReportList("Left by the drill", report.Drill?.Left ?? []);
    }

    // A step keeps one begin and one end: of one that was taken back, the end is that of taking it back.
    private static string NoteOf(RunbookStepStatus status) => status switch
    {
        RunbookStepStatus.Completed => "",
        RunbookStepStatus.Undone => "done, and taken back by the end of the bar",
        _ => ReportWords.NameOf(status),
    };

    private static ReportBarKind KindOf(RunbookStepStatus status) => status switch
    {
        RunbookStepStatus.Failed or RunbookStepStatus.UndoFailed => ReportBarKind.Bad,
        RunbookStepStatus.Completed => ReportBarKind.Usual,
        _ => ReportBarKind.Mind,
    };

    private static bool IsReload(RecoveryReport report) => report.Strategy == RecoveryStrategy.CorruptedData;

    // When data was corrupted nobody knows; a drill has no fault.
    private static bool HasFault(RecoveryReport report) => report.Drill is null && !IsReload(report);

    private static bool MayStillCome(RecoveryReport report) => report.Status is RunbookStatus.Running or RunbookStatus.AwaitingProof or RunbookStatus.Interrupted or RunbookStatus.Failed;

    // The storage tells its times to the second, so the first row may seem to come before what brought it.
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
