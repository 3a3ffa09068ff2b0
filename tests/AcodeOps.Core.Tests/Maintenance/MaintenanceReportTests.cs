using AcodeOps.Maintenance;
using AcodeOps.Reports;

namespace AcodeOps.Core.Tests.Maintenance;

/// <summary>What a run of the maintenance is held against, and what its report says.</summary>
public sealed class MaintenanceReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 6, 0, 0, TimeSpan.Zero);

    private static Finding Warning(string target) => new() { Rule = "Slow", Severity = FindingSeverity.Warning, Target = target, Message = $"{target} is slow." };

    private static MaintenanceOutcome Outcome(MaintenanceTask task, Verdict verdict, double figure, params Finding[] findings) => new()
    {
        Task = task,
        Verdict = verdict,
        Summary = $"{findings.Length} findings.",
        Findings = findings,
        Figures = [new MaintenanceFigure($"{task} figure", figure, "rows")],
    };

    private static (DateTimeOffset At, string RunId, MaintenanceResult Result) Week(int back, params MaintenanceOutcome[] outcomes) =>
        (Now.AddDays(-7 * back), $"RUN{9 - back}", new MaintenanceResult { Outcomes = outcomes });

    [Fact]
    public void Figures_come_with_those_of_the_runs_before_and_findings_are_new_or_gone()
    {
        MaintenanceChange change = MaintenanceChanges.Of(
            [Outcome(MaintenanceTask.Performance, Verdict.Degraded, 150, Warning("a"), Warning("b")), Outcome(MaintenanceTask.Metrics, Verdict.Healthy, 1)],
            Now,
            [
                Week(1, Outcome(MaintenanceTask.Performance, Verdict.Degraded, 100, Warning("b"), Warning("c")), Outcome(MaintenanceTask.Security, Verdict.Degraded, 5, Warning("s"))),
                Week(2, Outcome(MaintenanceTask.Performance, Verdict.Healthy, 80)),
            ]);

        Assert.Equal(("RUN8", (DateTimeOffset?)Now.AddDays(-7)), (change.Since, change.SinceAt));
        Assert.Equal([80, 100, 150], change.Trends[0].Points.Select(point => point.Value));
        Assert.Equal(0.5, change.Trends[0].Change);
        Assert.Equal(["Slow a"], change.New);

        // Security was not looked at now, so what it had found is not gone.
        Assert.Equal(["Slow c"], change.Gone);
        Assert.Null(change.Trends[1].Change);
    }

    [Fact]
    public void Without_a_run_before_nothing_is_called_new()
    {
        MaintenanceChange change = MaintenanceChanges.Of([Outcome(MaintenanceTask.Performance, Verdict.Degraded, 1, Warning("a"))], Now, []);
        Assert.Null(change.Since);
        Assert.Empty(change.New);
        Assert.Empty(change.Gone);
        Assert.Single(change.Trends);
    }

    [Theory]
    [InlineData(RunbookStatus.Completed, RunbookStepStatus.Completed, Verdict.Degraded, Verdict.Degraded, "Done; 1 thing needs attention")]
    [InlineData(RunbookStatus.Failed, RunbookStepStatus.Failed, Verdict.Unknown, Verdict.Unknown, "1 task failed")]
    [InlineData(RunbookStatus.Failed, RunbookStepStatus.Failed, Verdict.Failed, Verdict.Failed, "1 task failed")]
    [InlineData(RunbookStatus.Running, RunbookStepStatus.Completed, Verdict.Healthy, Verdict.Healthy, "It was not brought to its end")]
    public void The_report_is_no_better_than_the_run(RunbookStatus status, RunbookStepStatus step, Verdict found, Verdict told, string headline)
    {
        Report report = MaintenanceReportContent.Of(Run(status, step, Outcome(MaintenanceTask.Performance, found, 1, Warning("a"))));
        Assert.Equal((told, headline), (report.Verdict, report.Headline));
        Assert.Contains("a is slow.", MarkdownReport.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_without_an_outcome_keeps_the_whole_from_being_well()
    {
        Assert.Equal(Verdict.Unknown, MaintenanceReportContent.Of(Run(RunbookStatus.Running, RunbookStepStatus.Running)).Verdict);
        Assert.Equal(Verdict.Failed, MaintenanceReportContent.Of(Run(RunbookStatus.Failed, RunbookStepStatus.Failed, Outcome(MaintenanceTask.Performance, Verdict.Healthy, 1))).Verdict);
    }

    private static RunbookRun Run(RunbookStatus status, RunbookStepStatus step, params MaintenanceOutcome[] outcomes) => new()
    {
        RunId = "01JDRUN",
        Runbook = MaintenanceRunbook.Kind,
        Title = "Maintenance",
        Environment = "test",
        Status = status,
        StartedAt = Now,
        Steps = [new RunbookStepRun { Name = "measure_performance", Title = "Measure performance", Status = step }],
        Plan = new MaintenancePlan { Environment = "test", PlannedAt = Now, Tasks = [MaintenanceTask.Performance] },
        Result = new MaintenanceResult { Outcomes = outcomes },
    };
}
