using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>Makes the report of a switch.</summary>
internal static class SwitchReport
{
    /// <summary>The report.</summary>
    public static RecoveryReport Of(RunbookRun run, FailoverPlan plan)
    {
        // What was taken back, or never begun, has landed and cost nothing: only what the plan expected is left of it.
        FailoverResult? result = run.Status is RunbookStatus.Undone or RunbookStatus.Planned ? null : run.Result as FailoverResult;
        FailoverResult? acted = run.Result as FailoverResult;
        RecoveryAssessment? seen = plan.Assessment;
        RecoveryReport report = ReportHead.Of(run, RouteDefinition.NameOf(plan.To.Route.Source, plan.To.Route.Storage), plan.PlannedAt) with
        {
            FaultAt = plan.FaultAt,
            FailedSince = seen?.FailedSince,
            OldRouteOffAt = acted?.OldRouteOffAt,
            NewRouteOnAt = acted?.NewRouteOnAt,
            FirstRowAt = acted?.FirstRowAt,
            RtoSeconds = result?.RtoSeconds,
            RpoSeconds = result?.RpoSeconds,
            DataUpTo = plan.DataUpTo,
            RowsLanded = result?.RowsLanded,
            RowsMissing = result?.RowsMissing,
            RowsReadTwice = result?.RowsReadTwice,
            Location = result?.NewRouteOnAt is null ? null : result.Location,
            Quarantined = acted?.Quarantined ?? [],
            RedundancyLost = RedundancyOf(seen),
            Parts = seen?.Parts ?? [],
            Gates = plan.Gates,
            Evidence = ReportEvidence.Of(plan, acted),
        };
        bool isProven = result is { IsProven: true };
        (Verdict verdict, string headline) = Judge(report, isProven);
        return report with
        {
            Verdict = verdict,
            Headline = headline,
            Summary = Sentence(report, plan, isProven),
            TimeLine = ReportTimeLine.Of(report, seen?.AssessedAt, plan.Title),
        };
    }

    private static (Verdict Verdict, string Headline) Judge(RecoveryReport report, bool isProven) => report.Status switch
    {
        RunbookStatus.Completed when report.RunId.Length == 0 => (Verdict.Unknown, "Nothing had to be done"),
        RunbookStatus.Completed when !isProven => (Verdict.Degraded, "Switched, and no row is known to have landed"),
        RunbookStatus.Completed when report.RowsMissing is null => (Verdict.Degraded, "Data flows; what is missing is not known"),
        RunbookStatus.Completed when report.RowsMissing > 0 => (Verdict.Degraded, "Data flows; rows are missing"),
        RunbookStatus.Completed => (Verdict.Healthy, "Data flows, and nothing is missing"),
        RunbookStatus.AwaitingProof => (Verdict.Degraded, "Switched; the proof is still to come"),
        RunbookStatus.Undone when report.ErrorId is null => (Verdict.Degraded, "Taken back by order"),
        RunbookStatus.Undone => (Verdict.Failed, "Not switched: it failed and was taken back"),
        RunbookStatus.Interrupted when isProven => (Verdict.Degraded, "Data flows; some tidying up is left"),
        RunbookStatus.Interrupted => (Verdict.Failed, "Stopped half-way"),
        RunbookStatus.Failed when isProven => (Verdict.Degraded, "Data flows; the last steps failed"),
        RunbookStatus.Failed or RunbookStatus.Escalated => (Verdict.Failed, "Failed half-way: people are needed"),
        RunbookStatus.Superseded => (Verdict.Unknown, "Another run took its place before its proof came"),
        RunbookStatus.Planned => (Verdict.Unknown, "Planned only: nothing was changed"),
        _ => (Verdict.Unknown, "No end is on record"),
    };

    private static string Sentence(RecoveryReport report, FailoverPlan plan, bool isProven)
    {
        string before = ReportWords.Failure(report.Parts, report.FaultAt, report.FailedSince) is { } failure ? $"{failure}; " : report.FaultAt is { } fault ? $"ingestion failed at {ReportText.At(fault)}; " : "";
        string to = $"route {plan.To} into {plan.Location ?? "a place that is not known"}";
        string again = before.Length > 0 ? "data flows again" : "data flows";
        string now = report.Status switch
        {
            _ when isProven && report.Status != RunbookStatus.Superseded => $"since {ReportText.At(report.FirstRowAt)} {again} by {to}, {Landed(report)}{Left(report.Status)}",
            RunbookStatus.Completed when report.RunId.Length == 0 => $"ingestion used route {plan.To} already, and nothing had to be done",
            RunbookStatus.Completed or RunbookStatus.AwaitingProof => $"since {ReportText.At(report.NewRouteOnAt)} ingestion goes by {to}, and it is not proven yet that rows land there; {Missing(report)}",
            RunbookStatus.Undone => $"the switch to route {plan.To} was taken back at {ReportText.At(report.EndedAt)}, so ingestion is as it was before it{(before.Length > 0 ? " and the failure is not mended by it" : "")}",
            RunbookStatus.Interrupted or RunbookStatus.Failed or RunbookStatus.Escalated => $"the switch to route {plan.To} stopped half-way, and whether data flows is {ReportText.NotKnown}; {Missing(report)}",
            RunbookStatus.Superseded => $"ingestion was switched to {to}, and another run took its place before it was proven that rows land there",
            RunbookStatus.Planned => $"a switch to {to} was planned, and nothing was changed",
            _ => $"the switch to route {plan.To} has no end on record, and whether data flows is {ReportText.NotKnown}; {Missing(report)}",
        };
        return ReportText.Capital($"{before}{now}.");
    }

    private static string Left(RunbookStatus status) => status switch
    {
        RunbookStatus.Completed or RunbookStatus.Superseded => "",
        _ => "; the last steps are not done yet",
    };

    private static string Landed(RecoveryReport report) =>
        $"where {(report.RowsLanded is { } rows ? $"{ReportText.Rows(rows)} landed" : $"how many rows landed is {ReportText.NotKnown}")}; {Missing(report)}";

    private static string Missing(RecoveryReport report) => report.RowsMissing switch
    {
        null => $"how many rows are missing is {ReportText.NotKnown}",
        0 => "no rows are missing",
        { } rows => $"{ReportText.Rows(rows)} {(rows == 1 ? "is" : "are")} missing",
    };

    private static IEnumerable<string> LostOf(RecoveryAssessment seen) =>
        from part in seen.Parts
        where part.Part != RecoveryPart.Airbyte && part.Verdict is Verdict.Failed or Verdict.Unknown
        select $"{ReportWords.NameOf(part.Part)}: {part.Verdict}";

    private static IReadOnlyList<string> RedundancyOf(RecoveryAssessment? seen) => seen is null ? [] : [.. LostOf(seen)];
}
