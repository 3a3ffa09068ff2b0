using System.Globalization;
using AcodeOps.Reports;

namespace AcodeOps.Maintenance;

/// <summary>The report of a run of the maintenance in words: what each task found, and what is otherwise than in the weeks before.</summary>
public static class MaintenanceReportContent
{
    private const int Charted = 6;
    private const int MostListed = 200;

    /// <summary>The content.</summary>
    public static Report Of(RunbookRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        MaintenanceResult result = run.Result as MaintenanceResult ?? new MaintenanceResult();
        MaintenanceChange change = result.Change ?? new MaintenanceChange();
        return new Report
        {
            Kind = "Maintenance report",
            Environment = run.Environment,
            At = run.StartedAt,
            Verdict = VerdictOf(run, result),
            Headline = Headline(run, result),
            Summary = Summary(result),
            Figures =
            [
                new("Tasks done", $"{result.Outcomes.Count(outcome => outcome.Verdict is Verdict.Healthy or Verdict.Degraded)} of {run.Steps.Count}", "without a failure"),
                new("Errors", Count(result, FindingSeverity.Error), "do not work, or are not safe"),
                new("Warnings", Count(result, FindingSeverity.Warning), "will hurt some day"),
                new("New findings", change.SinceAt is null ? ReportText.NotKnown : ReportText.Count(change.New.Count), change.SinceAt is { } at ? $"since {ReportText.At(at)}" : "there is no run before"),
                new("Gone", change.SinceAt is null ? ReportText.NotKnown : ReportText.Count(change.Gone.Count), "found by the run before, and no more"),
            ],
            Notices = [.. Notices(run)],
            Facts = Facts(run),
            Charts = [.. change.Trends.Where(trend => trend.Points.Count > 1 && trend.Change is not null).OrderByDescending(trend => Math.Abs(trend.Change!.Value)).ThenBy(trend => trend.Name, StringComparer.Ordinal).Take(Charted).Select(ChartOf)],
            Tables = [.. Tables(run, result, change).Where(table => table.Rows.Count > 0)],
            Lists =
            [
                new("New findings", change.New), new("Findings that are gone", change.Gone),
                .. run.Steps.Where(step => step.Evidence.Count > 0).Select(step => new ReportList($"Step: {step.Title}", step.Evidence)),
            ],
            Footer = run.RunId.Length == 0 ? "Made from a plan: nothing was done. All times are UTC." : $"Made from the journal of run {run.RunId} alone. All times are UTC.",
        };
    }

    // A step that has no outcome yet, or none any more, is not known to be well.
    private static Verdict VerdictOf(RunbookRun run, MaintenanceResult result) =>
        run.Status == RunbookStatus.Failed && result.Verdict is Verdict.Healthy or Verdict.Degraded ? Verdict.Failed
        : result.Outcomes.Count < run.Steps.Count && result.Verdict is Verdict.Healthy or Verdict.Degraded ? Verdict.Unknown
        : result.Verdict;

    private static string Headline(RunbookRun run, MaintenanceResult result)
    {
        int bad = run.Steps.Count(step => step.Status == RunbookStepStatus.Failed), findings = result.Findings.Count();
        return (run.Status, bad, findings) switch
        {
            (RunbookStatus.Planned, _, _) => "Planned only: nothing was done",
            (RunbookStatus.Completed, _, 0) => "All is well",
            (RunbookStatus.Completed, _, 1) => "Done; 1 thing needs attention",
            (RunbookStatus.Completed, _, _) => $"Done; {findings} things need attention",
            (RunbookStatus.Failed, 1, _) => "1 task failed",
            (RunbookStatus.Failed, _, _) => $"{bad} tasks failed",
            _ => "It was not brought to its end",
        };
    }

    private static string Summary(MaintenanceResult result)
    {
        MaintenanceOutcome[] bad = [.. result.Outcomes.Where(outcome => outcome.Verdict != Verdict.Healthy)];
        return bad.Length == 0 ? "Nothing that was looked at gives reason to act." : ReportText.Capital(string.Join(" ", bad.Select(outcome => $"{outcome.Task}: {outcome.Summary}")));
    }

    private static string Count(MaintenanceResult result, FindingSeverity severity) => ReportText.Count(result.Findings.Count(finding => finding.Severity == severity));

    private static IEnumerable<ReportNotice> Notices(RunbookRun run)
    {
        if (run.Error is not null)
        {
            yield return new ReportNotice(ReportNoticeKind.Failure, run.ErrorId ?? "Error", run.Error);
        }

        if (run.Advice is not null)
        {
            yield return new ReportNotice(ReportNoticeKind.Next, "What to do next", run.Advice);
        }

        foreach (string warning in run.Warnings)
        {
            yield return new ReportNotice(ReportNoticeKind.Mind, "Mind", warning);
        }
    }

    private static ReportFact[] Facts(RunbookRun run) =>
    [
        .. new (string Label, string? Value)[]
        {
            ("Environment", run.Environment), ("What was done", run.Title), ("Status", run.Status.ToString()), ("Begun", ReportText.At(run.StartedAt)),
            ("Took", run.DurationSeconds is { } seconds ? ReportText.Duration(seconds) : null), ("Begun by", run.StartedBy), ("Reason", run.Reason), ("Run", run.RunId.Length == 0 ? null : run.RunId),
        }.Where(fact => fact.Value is not null).Select(fact => new ReportFact(fact.Label, fact.Value!)),
    ];

    private static ReportChart ChartOf(MaintenanceTrend trend)
    {
        double most = Math.Max(double.Epsilon, trend.Points.Max(point => Math.Abs(point.Value)));
        string form = trend.Points.DistinctBy(point => point.At.UtcDateTime.Date).Count() == trend.Points.Count ? "yyyy-MM-dd" : "MM-dd HH:mm:ss";
        return new ReportChart(
            $"{trend.Name}, {Changed(trend)}", "Run of", trend.Unit.Length == 0 ? "Value" : trend.Unit,
            [.. trend.Points.Select(point => new ReportBar(point.At.UtcDateTime.ToString(form, CultureInfo.InvariantCulture), 0, Math.Abs(point.Value) / most, Number(point.Value)))]);
    }

    private static IEnumerable<ReportTable> Tables(RunbookRun run, MaintenanceResult result, MaintenanceChange change)
    {
        yield return new ReportTable(
            "Tasks", [new("Task", ReportColumnKind.Words), new("Verdict", ReportColumnKind.Verdict), new("Took", ReportColumnKind.Words), new("Summary")],
            [.. run.Steps.Zip((run.Plan as MaintenancePlan)?.Tasks ?? []).Select(of => Row(of.First, result.Outcomes.FirstOrDefault(outcome => outcome.Task == of.Second)))]);
        HashSet<string> isNew = [.. change.New];
        yield return new ReportTable(
            "Findings", [new("Severity", ReportColumnKind.Verdict), new("Task", ReportColumnKind.Words), new("What"), new("New", ReportColumnKind.Words), new("Message"), new("What to do")],
        [
            .. result.Outcomes.SelectMany(outcome => outcome.Findings.Select(finding => (outcome.Task, Finding: finding))).OrderByDescending(of => of.Finding.Severity).Take(MostListed)
                .Select(of => new[]
                {
                    of.Finding.Severity.ToString(), of.Task.ToString(), $"{of.Finding.Rule}: {of.Finding.Target}", change.SinceAt is not null && isNew.Contains($"{of.Finding.Rule} {of.Finding.Target}") ? "new" : "",
                    of.Finding.Message, of.Finding.Remedy ?? "",
                }),
        ]);
        yield return new ReportTable(
            "Figures", [new("Figure", ReportColumnKind.Words), new("Now", ReportColumnKind.Words), new("Before", ReportColumnKind.Words), new("Change", ReportColumnKind.Words), new("Earlier")],
        [
            .. change.Trends.Select(trend => new[]
            {
                trend.Name, $"{Number(trend.Points[^1].Value)} {trend.Unit}".TrimEnd(), trend.Points.Count > 1 ? Number(trend.Points[^2].Value) : "–", Changed(trend),
                string.Join(", ", trend.Points.SkipLast(2).Select(point => Number(point.Value))),
            }),
        ]);
    }

    private static string[] Row(RunbookStepRun step, MaintenanceOutcome? outcome) =>
        [step.Title, (outcome?.Verdict ?? Verdict.Unknown).ToString(), step.DurationSeconds is { } took ? ReportText.Duration(took) : "–", outcome?.Summary ?? step.Error ?? "not done"];

    private static string Changed(MaintenanceTrend trend) => trend.Change is { } change ? change.ToString("+0.#%;-0.#%;'unchanged'", CultureInfo.InvariantCulture) : "–";

    private static string Number(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
