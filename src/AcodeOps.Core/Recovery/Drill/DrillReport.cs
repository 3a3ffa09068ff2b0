using AcodeOps.Reports;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Makes the report of a rehearsal.</summary>
internal static class DrillReport
{
    /// <summary>The report.</summary>
    public static RecoveryReport Of(RunbookRun run, DrillPlan plan)
    {
        DrillResult result = run.Result as DrillResult ?? new DrillResult { Route = plan.To.Route.Name };
        (Verdict verdict, string headline) = Judge(run, result);
        RecoveryReport report = ReportHead.Of(run, RouteDefinition.NameOf(plan.To.Route.Source, plan.To.Route.Storage), plan.PlannedAt) with
        {
            Verdict = verdict,
            Headline = headline,
            Summary = Sentence(run, plan, result),
            FirstRowAt = result.FirstRowAt,
            RtoSeconds = result.RtoSeconds,
            RowsLanded = result.RowsLanded,
            Drill = result,
            Evidence = [.. plan.From.Append(plan.Origin).Append(plan.To).OfType<PlannedRoute>().Select(planned => FrozenEvidence.LineOf(planned.Route)).Distinct()],
        };
        return report with { TimeLine = ReportTimeLine.Of(report, assessedAt: null, plan.Title) };
    }

    /// <summary>The key figures: what it is, the figure, and what it means.</summary>
    public static IReadOnlyList<ReportFigure> Figures(DrillResult drill) =>
    [
        new("Rehearsed time to recover", drill.RtoSeconds is null ? "not reached" : ReportText.Duration(drill.RtoSeconds), "from the drill's begin to the first row"),
        new("Rows landed", ReportText.Count(drill.RowsLanded), "in folders of the drill's own"),
        new("Complete", drill.IsComplete switch { true => "yes", false => "no", null => ReportText.NotKnown }, drill.Completeness ?? "against the source's own count"),
        new("Left over", (drill.IsCleanedUp, drill.Left.Count) switch { (true, _) => "nothing", (_, 0) => ReportText.NotKnown, var (_, left) => $"{ReportText.Count(left)} objects" }, "of the drill's connection and objects"),
    ];

    private static (Verdict Verdict, string Headline) Judge(RunbookRun run, DrillResult result) => run.Status switch
    {
        RunbookStatus.Completed when result.IsComplete == true => (Verdict.Healthy, "Rehearsed: the standby works"),
        RunbookStatus.Completed => (Verdict.Degraded, "Rehearsed; whether all rows landed is not known"),
        RunbookStatus.Undone when run.ErrorId is null => (Verdict.Unknown, "Taken back by order"),
        RunbookStatus.Undone when run.ErrorId == RunFailures.StoppedId => (Verdict.Unknown, "Stopped: the standby is not proven"),
        RunbookStatus.Undone => (Verdict.Failed, "The drill failed: the standby is not proven"),
        RunbookStatus.Failed or RunbookStatus.Interrupted => (Verdict.Failed, "The drill failed, and something of it is left"),
        RunbookStatus.Planned => (Verdict.Unknown, "Planned only: nothing was done"),
        _ => (Verdict.Unknown, "No end is on record"),
    };

    private static string Sentence(RunbookRun run, DrillPlan plan, DrillResult result)
    {
        string rows = (result.RowsLanded, result.IsComplete) switch
        {
            (null, _) => "no row is known to have landed",
            ({ } landed, true) => $"{ReportText.Rows(landed)} landed, complete against the source, the first after {ReportText.Duration(result.RtoSeconds)}",
            ({ } landed, false) => $"{ReportText.Rows(landed)} landed, and rows are missing",
            ({ } landed, null) => $"{ReportText.Rows(landed)} landed, and whether these are all is {ReportText.NotKnown}",
        };
        string left = result.IsCleanedUp ? "nothing of the drill is left" : result.Left.Count > 0 ? $"{ReportText.Count(result.Left.Count)} objects of it are left" : "what of it is left has still to be removed";
        return run.Status == RunbookStatus.Planned
            ? $"A rehearsal of route {plan.To} was planned, and nothing was done."
            : $"Route {plan.To} was rehearsed: {rows}; ingestion was not touched, and {left}.";
    }
}
