using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>Makes the report of a recovery that switches nothing: the escalation, or a plan without a switch.</summary>
internal static class DecisionReport
{
    /// <summary>The report.</summary>
    public static RecoveryReport Of(RunbookRun run, RecoveryPlan plan)
    {
        RecoveryAssessment seen = plan.Assessment;
        EmergencyCopy? copy = run.Result as EmergencyCopy;
        (Verdict verdict, string headline) = Judge(run, plan);
        RecoveryReport report = ReportHead.Of(run, plan.Strategy, plan.PlannedAt) with
        {
            Verdict = verdict,
            Headline = headline,
            Summary = Sentence(run, plan, copy),
            FailedSince = seen.FailedSince,
            EmergencyCopy = copy,
            RedundancyLost = plan.Decision.RedundancyLost,
            Parts = seen.Parts,
            Evidence = ReportEvidence.Of(seen),
        };
        return report with { TimeLine = ReportTimeLine.Of(report, seen.AssessedAt, plan.Decision.ToString()) };
    }

    private static (Verdict Verdict, string Headline) Judge(RunbookRun run, RecoveryPlan plan) => plan.Strategy switch
    {
        RecoveryStrategy.FullDisasterRecovery when run.Status == RunbookStatus.Undone => (Verdict.Failed, "Data does not flow: the escalation was taken back"),
        RecoveryStrategy.FullDisasterRecovery => (Verdict.Failed, "Data does not flow: people are needed"),
        RecoveryStrategy.AirbyteDown => (Verdict.Failed, "Data does not flow: Airbyte is down"),
        RecoveryStrategy.None when plan.Decision.RedundancyLost.Count > 0 => (Verdict.Degraded, "No switch was needed; redundancy is lost"),
        RecoveryStrategy.None => (Verdict.Healthy, "No switch was needed"),
        _ => (Verdict.Unknown, "Not switched"),
    };

    private static string Sentence(RunbookRun run, RecoveryPlan plan, EmergencyCopy? copy)
    {
        string before = ReportWords.Failure(plan.Assessment.Parts, faultAt: null, plan.Assessment.FailedSince) is { } failure ? $"{failure}; " : "";
        if (plan.Strategy != RecoveryStrategy.FullDisasterRecovery)
        {
            return ReportText.Capital($"{before}{plan.Decision.Reason.TrimEnd('.')}.");
        }

        string done = run.Status == RunbookStatus.Planned ? "nothing was done" : "nothing was switched";
        string emergency = copy?.ToString() ?? $"whether there is an emergency copy is {ReportText.NotKnown}";
        return ReportText.Capital($"{before}no route can write, so data does not flow, and {done}; how many rows are missing is {ReportText.NotKnown}; {emergency}.");
    }
}
