using AcodeOps.Health;
using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance.Steps;

/// <summary>
/// A task of the maintenance as a step. What it found is in the journal whether it went well or not; a task that is Failed or Unknown fails its step,
/// and a resumption does it again.
/// </summary>
/// <param name="plan">What was consented to.</param>
internal abstract class MaintenanceStep(MaintenancePlan plan) : RunbookStep
{
    // The rest is counted: a journal is no place for ten thousand findings.
    private const int MostFindings = 200;
    private const int ToldFindings = 20;

    /// <summary>The task.</summary>
    public abstract MaintenanceTask Task { get; }

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromHours(2);

    /// <inheritdoc />
    public override bool Mutates => false;

    // Nothing of it is ever taken back: stopped, it is left to be gone on with.
    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <summary>What was consented to.</summary>
    protected MaintenancePlan Plan => plan;

    private string Fact => FactOf(Task);

    /// <summary>What a task has found; null until it has ended.</summary>
    public static MaintenanceOutcome? OutcomeOf(StepFacts facts, MaintenanceTask task) => facts.Get<MaintenanceOutcome>(FactOf(task));

    /// <inheritdoc />
    public sealed override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        MaintenanceOutcome outcome;
        try
        {
            outcome = Bounded(await WorkAsync(context, cancel).ConfigureAwait(false));
        }
        catch (AcodeException failure)
        {
            context.Facts.Set(Fact, new MaintenanceOutcome { Task = Task, Verdict = failure.Cause.IsOutage() ? Verdict.Failed : Verdict.Unknown, Summary = failure.Message });
            throw;
        }

        context.Facts.Set(Fact, outcome);
        context.Tell($"{outcome.Verdict}: {outcome.Summary}");
        foreach (string fact in outcome.Evidence.Concat(outcome.Findings.Take(ToldFindings).Select(finding => $"{finding}")))
        {
            context.Tell(fact);
        }

        if (outcome.Verdict is Verdict.Failed or Verdict.Unknown)
        {
            throw new AcodeException("MaintenanceTaskFailed", FailureClass.Refused, $"{Title}: {outcome.Verdict}. {outcome.Summary}")
            {
                Advice = outcome.Findings.Select(finding => finding.Remedy).FirstOrDefault(remedy => remedy is not null),
                Subject = outcome,
            };
        }
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        MaintenanceOutcome? outcome = OutcomeOf(context.Facts, Task);
        return System.Threading.Tasks.Task.FromResult(outcome?.Verdict is Verdict.Healthy or Verdict.Degraded);
    }

    /// <summary>Does the task.</summary>
    /// <exception cref="AcodeException">It could not be done.</exception>
    protected abstract Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel);

    /// <summary>The verdict that findings make: an error is Failed, a warning Degraded.</summary>
    protected static Verdict VerdictOf(IEnumerable<Finding> findings) => findings.Select(finding => finding.Severity).DefaultIfEmpty(FindingSeverity.Information).Max() switch
    {
        FindingSeverity.Error => Verdict.Failed,
        FindingSeverity.Warning => Verdict.Degraded,
        _ => Verdict.Healthy,
    };

    /// <summary>The worst of verdicts; Healthy of none.</summary>
    protected static Verdict Worst(params IEnumerable<Verdict> verdicts) => verdicts.DefaultIfEmpty(Verdict.Healthy).MaxBy(verdict => verdict.Severity());

    private static string FactOf(MaintenanceTask task) => $"maintenance_{task}";

    private static MaintenanceOutcome Bounded(MaintenanceOutcome outcome)
    {
        Finding[] findings = [.. outcome.Findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Target, StringComparer.Ordinal)];
        MaintenanceFigure[] counted =
        [
            new($"{outcome.Task} errors", findings.Count(finding => finding.Severity == FindingSeverity.Error), "findings"),
            new($"{outcome.Task} warnings", findings.Count(finding => finding.Severity == FindingSeverity.Warning), "findings"),
        ];
        return outcome with { Findings = findings[..Math.Min(findings.Length, MostFindings)], Figures = [.. counted, .. outcome.Figures] };
    }
}
