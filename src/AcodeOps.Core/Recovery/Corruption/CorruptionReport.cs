using AcodeOps.Reports;

namespace AcodeOps.Recovery.Corruption;

/// <summary>Makes the report of a recovery of corrupted data.</summary>
internal static class CorruptionReport
{
    /// <summary>The report.</summary>
    public static RecoveryReport Of(RunbookRun run, RecoveryPlan plan, ReloadPlan reload)
    {
        // What was taken back, or never begun, has loaded nothing.
        CorruptionResult? acted = run.Result as CorruptionResult;
        CorruptionResult? result = run.Status is RunbookStatus.Undone or RunbookStatus.Planned ? null : acted;
        bool isProven = result is { IsProven: true };
        RecoveryReport report = ReportHead.Of(run, plan.Strategy, plan.PlannedAt) with
        {
            Reason = run.Reason ?? reload.Reason,
            FailedSince = plan.Assessment.FailedSince,
            OldRouteOffAt = acted?.RouteOffAt,
            NewRouteOnAt = acted?.RouteOnAt,
            FirstRowAt = acted?.FirstRowAt,
            RtoSeconds = result?.RtoSeconds,
            RowsLanded = result?.RowsReloaded,
            RowsMissing = result?.RowsLost,
            RowsReadTwice = result?.RowsReadTwice,
            Location = isProven ? reload.Switch.Location : null,
            Quarantined = acted?.Quarantined ?? [],
            Parts = plan.Assessment.Parts,
            Gates = [.. reload.Switch.Gates, .. acted is { Checks.Count: > 0 } ? acted.Checks : reload.Checks],
            Evidence = [.. EvidenceOf(reload, acted), .. ReportEvidence.Of(plan.Assessment)],
        };
        (Verdict verdict, string headline) = Judge(run, result, isProven);
        return report with
        {
            Verdict = verdict,
            Headline = headline,
            Summary = ReportText.Capital($"{Sentence(run, reload, result, isProven)}."),
            TimeLine = ReportTimeLine.Of(report, plan.Assessment.AssessedAt, plan.Decision.ToString()),
        };
    }

    /// <summary>The key figures: what it is, the figure, and what it means.</summary>
    public static IReadOnlyList<ReportFigure> Figures(RecoveryReport report) =>
    [
        new("Time to recover (RTO)", report.RtoSeconds is null ? "not reached" : ReportText.Duration(report.RtoSeconds), "from the run's begin to the proof that nothing is missing"),
        new("Rows loaded anew", ReportText.Count(report.RowsLanded), "in place of what was corrupted"),
        new("Rows lost", ReportText.Count(report.RowsMissing), "keys in quarantine that the source does not have"),
        new("Rows read twice", ReportText.Count(report.RowsReadTwice), "that the lake had already"),
    ];

    private static (Verdict Verdict, string Headline) Judge(RunbookRun run, CorruptionResult? result, bool isProven) => run.Status switch
    {
        RunbookStatus.Completed when result is not { Validation: Verdict.Healthy } => (Verdict.Degraded, "Loaded anew, from a source that was not compared"),
        RunbookStatus.Completed when result.RowsLost is null => (Verdict.Degraded, "Loaded anew; what is lost is not known to the row"),
        RunbookStatus.Completed when result.RowsLost > 0 => (Verdict.Degraded, "Loaded anew; quarantined rows are not in the source"),
        RunbookStatus.Completed => (Verdict.Healthy, "Loaded anew, and nothing is missing"),
        RunbookStatus.AwaitingProof => (Verdict.Degraded, "Loading anew; the proof is still to come"),
        RunbookStatus.Undone when run.ErrorId is null => (Verdict.Degraded, "Taken back by order"),
        RunbookStatus.Undone => (Verdict.Failed, "Not loaded anew: it failed and was taken back"),
        RunbookStatus.Interrupted when isProven => (Verdict.Degraded, "Loaded anew; some tidying up is left"),
        RunbookStatus.Failed when isProven => (Verdict.Degraded, "Loaded anew; the last steps failed"),
        RunbookStatus.Interrupted => (Verdict.Failed, "Stopped half-way"),
        RunbookStatus.Failed => (Verdict.Failed, "Failed half-way: people are needed"),
        RunbookStatus.Planned => (Verdict.Unknown, "Planned only: nothing was changed"),
        _ => (Verdict.Unknown, "No end is on record"),
    };

    private static string Sentence(RunbookRun run, ReloadPlan reload, CorruptionResult? result, bool isProven)
    {
        long objects = result?.ObjectsQuarantined ?? reload.Objects;
        string what = $"{ReportText.Objects(objects)} of {reload.Stream} at {reload.Location} {(objects == 1 ? "was" : "were")} taken for corrupted ({reload.Reason.TrimEnd('.')})";
        return run.Status switch
        {
            _ when isProven => $"{what} and moved to quarantine; {(result!.RowsReloaded is { } rows ? ReportText.Rows(rows) : $"a number of rows that is {ReportText.NotKnown}")} were loaded anew by route {reload.Switch.To}; "
                + $"{(result.RowsLost is { } lost ? $"{(lost == 0 ? "every quarantined key is in the source" : $"{ReportText.Count(lost)} of the quarantined keys {(lost == 1 ? "is" : "are")} not in the source")}" : $"whether rows are lost is {ReportText.NotKnown}")}",
            RunbookStatus.Undone => $"{what}; the recovery was taken back at {ReportText.At(run.EndedAt)}, so they are in the lake as before",
            RunbookStatus.Planned => $"{what}; a recovery was planned, and nothing was changed",
            RunbookStatus.AwaitingProof => $"{what} and moved to quarantine; route {reload.Switch.To} loads anew, and it is not proven yet that all of it lands",
            _ => $"{what}; their recovery stopped half-way, and whether data flows is {ReportText.NotKnown}",
        };
    }

    private static IEnumerable<string> EvidenceOf(ReloadPlan reload, CorruptionResult? acted)
    {
        yield return $"when it was planned: {ReportText.Objects(reload.Objects)}, {ReportText.Count(reload.Bytes)} bytes, {ReportText.Count(reload.Rows)} rows in those that could be read";
        foreach (string key in reload.Unreadable)
        {
            yield return $"unreadable: {key}";
        }

        yield return $"the source had {ReportText.Count(reload.SourceRows)} rows of it";
        if (reload.OldCursor is not null)
        {
            yield return $"cursor: stood at {reload.OldCursor}, read again from {reload.NewCursor ?? "the beginning"}";
        }

        if (acted is not null)
        {
            yield return $"quarantined: {(acted.ObjectsQuarantined is { } moved ? ReportText.Objects(moved) : $"objects: {ReportText.NotKnown}")}, {ReportText.Count(acted.RowsQuarantined)} rows; validation: {acted.Validation}";
        }

        if (acted?.JobId is { } job)
        {
            yield return $"sync of the route: job {job}";
        }
    }
}
