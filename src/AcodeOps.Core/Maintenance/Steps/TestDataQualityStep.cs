using AcodeOps.Quality;
using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance.Steps;

/// <summary>Tests the data of the last closed days by their rules, and puts the results on record, as Test-AcodeDataQuality -Record does.</summary>
internal sealed class TestDataQualityStep(MaintenancePlan plan) : MaintenanceStep(plan)
{
    /// <inheritdoc />
    public override MaintenanceTask Task => MaintenanceTask.DataQuality;

    /// <inheritdoc />
    public override string Name => "test_data_quality";

    /// <inheritdoc />
    public override string Title => "Test data quality";

    /// <inheritdoc />
    protected override async Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel)
    {
        QualityRequest request = new() { Tables = context.Installation.Environment.Tables, Days = Plan.QualityDays };
        Progress<string> progress = new(told => context.Report(told));
        bool isKept = context.Installation.Environment.FindStorage(StorageRole.Quarantine) is not null;
        List<DataQualityResult> results = [];
        await foreach (DataQualityResult result in new QualityTester(context.Installation, progress).TestAsync(request, cancel).ConfigureAwait(false))
        {
            results.Add(isKept ? await new QualityRecord(context.Installation).WriteAsync(result, cancel).ConfigureAwait(false) : result);
        }

        return new MaintenanceOutcome
        {
            Task = Task,
            Verdict = Worst(results.Select(VerdictOf)),
            Summary = $"{string.Join("; ", results)}.",
            Findings = [.. results.SelectMany(result => result.Broken).Select(FindingOf)],
            Figures = [.. results.Where(result => result.Score is not null).Select(result => new MaintenanceFigure($"Quality score of {result.Table}", result.Score!.Value, "points"))],
            Evidence = [.. results.Select(result => $"{result.Table} was read from {result.ReadFrom}{(result.Manifest is null ? "" : $"; on record at {result.Manifest}")}")],
        };
    }

    // A rule that wants more history than there is says nothing yet: of the others something is known. A table of which nothing is known was not tested.
    private static Verdict VerdictOf(DataQualityResult result) => result switch
    {
        { Score: null } => Verdict.Unknown,
        { Verdict: Verdict.Unknown } when result.Broken.All(rule => rule.Verdict is Verdict.Unknown or Verdict.Degraded) => Verdict.Degraded,
        _ => result.Verdict,
    };

    private static Finding FindingOf(QualityRuleResult rule) => new()
    {
        Rule = $"Quality{char.ToUpperInvariant(rule.Check[0])}{rule.Check[1..]}",
        Severity = rule.Verdict == Verdict.Failed ? FindingSeverity.Error : FindingSeverity.Warning,
        Target = rule.Rule,
        Message = rule.Summary,
        Evidence = rule.Evidence.Count == 0 ? null : string.Join("; ", rule.Evidence),
        Remedy = rule.Remedy,
    };
}
