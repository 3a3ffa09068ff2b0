using AcodeOps.Recovery.Corruption;
using AcodeOps.Recovery.Drill;

namespace AcodeOps.Recovery;

/// <summary>What a written report holds, whatever it is written in: figures and tables in words.</summary>
internal static class ReportContent
{
    /// <summary>The key figures: what it is, the figure, and what it means.</summary>
    public static IReadOnlyList<(string Label, string Value, string Hint)> Figures(RecoveryReport report) => report.Drill is { } drill ? DrillReport.Figures(drill) : IsReload(report) ? CorruptionReport.Figures(report) :
    [
        ("Time to recover (RTO)", report.RtoSeconds is null && !MayStillCome(report) ? "not reached" : ReportText.Duration(report.RtoSeconds), report.FaultAt is null ? "from the decision to the first row" : "from the fault to the first row"),
        ("Data missing (RPO)", ReportText.Duration(report.RpoSeconds), "from the newest data to the fault"),
        ("Rows landed", ReportText.Count(report.RowsLanded), "by the new route"),
        ("Rows missing", ReportText.Count(report.RowsMissing), "in the new source at the switch"),
        ("Rows read twice", ReportText.Count(report.RowsReadTwice), "that the lake had already"),
    ];

    /// <summary>What the report is of, fact by fact.</summary>
    public static IReadOnlyList<(string Label, string Value)> Facts(RecoveryReport report) =>
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
        }.Where(fact => fact.Value is not null).Select(fact => (fact.Label, fact.Value!)),
    ];

    /// <summary>Where the time went: from the fault to the first row, phase by phase; those only whose both ends are known.</summary>
    public static IReadOnlyList<ReportBar> Phases(RecoveryReport report)
    {
        (string Label, DateTimeOffset? At)[] moments =
        [
            ("the fault", report.FaultAt), ("first seen", report.FailedSince), ("decided", report.DecidedAt),
            ("old route off", report.OldRouteOffAt), ("new route on", report.NewRouteOnAt), ("first row", report.FirstRowAt),
        ];
        (string Label, DateTimeOffset At)[] known = [.. moments.Where(moment => moment.At is not null).Select(moment => (moment.Label, moment.At!.Value))];
        return ReportBar.Scaled(known.Zip(known.Skip(1), (from, to) => ($"{ReportText.Capital(from.Label)} to {to.Label}", (DateTimeOffset?)from.At, (DateTimeOffset?)Later(from.At, to.At), "")));
    }

    /// <summary>The steps, to one scale.</summary>
    public static IReadOnlyList<ReportBar> Steps(RecoveryReport report) =>
        ReportBar.Scaled(report.Steps.Select(step => (step.Title, step.StartedAt, step.EndedAt, NoteOf(step.Status))));

    /// <summary>The tables that everybody reads.</summary>
    public static IEnumerable<ReportTable> Tables(RecoveryReport report)
    {
        yield return new ReportTable("Time line", ["Time (UTC)", "What", "Detail"], [.. report.TimeLine.Select(moment => new[] { ReportText.At(moment.At), moment.What, moment.Detail ?? "" })]);
        yield return new ReportTable("Parts as they were seen", ["Part", "Verdict", "Looks failed", "Summary"],
        [
            .. report.Parts.Select(part => new[] { ReportText.Capital(ReportWords.NameOf(part.Part)), part.Verdict.ToString(), part.Probes == 0 ? ReportText.NotKnown : $"{ReportText.Count(part.FailedProbes)} of {ReportText.Count(part.Probes)}", part.Summary }),
        ]);
        yield return new ReportTable("Conditions of the switch", ["Condition", "Passed", "Seen", "Summary"],
        [
            .. report.Gates.Select(gate => new[] { ReportText.Capital(gate.Name), gate.IsPassed ? "Passed" : "Refused", gate.Verdict.ToString(), gate.Summary }),
        ]);
    }

    /// <summary>What is there for whoever must prove it: long lists, by title.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<string> Lines)> Lists(RecoveryReport report)
    {
        yield return ("Evidence at the time of the decision", report.Evidence);
        foreach (RunbookStepRun step in report.Steps)
        {
            yield return ($"Step: {step.Title}", [.. step.Evidence, .. step.Error is null ? Array.Empty<string>() : [$"{step.ErrorId}: {step.Error}"]]);
        }

        yield return ("Moved to quarantine", report.Quarantined);
        yield return ("Left by the drill", report.Drill?.Left ?? []);
    }

    // A step keeps one begin and one end: of one that was taken back, the end is that of taking it back.
    private static string NoteOf(RunbookStepStatus status) => status switch
    {
        RunbookStepStatus.Completed => "",
        RunbookStepStatus.Undone => "done, and taken back by the end of the bar",
        _ => ReportWords.NameOf(status),
    };

    private static bool IsReload(RecoveryReport report) => report.Strategy == RecoveryStrategy.CorruptedData;

    // When data was corrupted nobody knows; a drill has no fault.
    private static bool HasFault(RecoveryReport report) => report.Drill is null && !IsReload(report);

    private static bool MayStillCome(RecoveryReport report) => report.Status is RunbookStatus.Running or RunbookStatus.AwaitingProof or RunbookStatus.Interrupted or RunbookStatus.Failed;

    // The storage tells its times to the second, so the first row may seem to come before what brought it.
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
