using System.Text.Json.Nodes;

namespace AcodeOps.Runbooks;

/// <summary>
/// An operation as an ordered list of steps. What it needs to know it takes from its plan, which the journal keeps: so any
/// machine that reads the journal can build the same runbook again, to resume or to undo it.
/// </summary>
public abstract class Runbook
{
    /// <summary>The kind, stable, as the journal names it: <c>failover</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What this one does, for people: <c>Switch from primary to backup_mysql</c>.</summary>
    public abstract string Title { get; }

    /// <summary>What was consented to, as the operator sees it.</summary>
    public abstract object Plan { get; }

    /// <summary>The plan as the journal keeps it.</summary>
    public abstract JsonNode PlanJson { get; }

    /// <summary>The steps, in order. The names are unique.</summary>
    public abstract IReadOnlyList<RunbookStep> Steps { get; }

    /// <summary>What the audit trail calls the whole of it.</summary>
    public abstract AuditEventType EventType { get; }

    /// <summary>
    /// True for a runbook that changes the installation: one run at a time, under the lease. False for one that only looks, tells
    /// or copies: it runs beside any other, and unfinished it stands in nobody's way.
    /// </summary>
    public virtual bool Mutates => true;

    /// <summary>
    /// True for a runbook whose steps do not stand on one another: one that fails leaves the others to be done, nothing is taken back, and the run has
    /// failed. Resumed, it does again what failed.
    /// </summary>
    public virtual bool StepsStandAlone => false;

    /// <summary>What the audit trail is told of the whole of it besides, before and after.</summary>
    public virtual IReadOnlyDictionary<string, object?> Details(StepFacts facts) => new Dictionary<string, object?>();

    /// <summary>What is left for people when all steps are done; null for a runbook that solves what it is for.</summary>
    public virtual AcodeException? Escalation(StepFacts facts) => null;

    /// <summary>What came of it, from what the steps remembered; null while that tells nothing.</summary>
    public virtual object? Result(StepFacts facts) => null;

    /// <summary>The run that would be made of it, for who only wants to see: it has no id, and no journal.</summary>
    /// <param name="environment">The environment's name.</param>
    /// <param name="plannedAt">When it was planned.</param>
    public RunbookRun ToPlanned(string environment, DateTimeOffset plannedAt) => new()
    {
        RunId = "",
        Runbook = Name,
        Title = Title,
        Environment = environment,
        Status = RunbookStatus.Planned,
        StartedAt = plannedAt,
        Mutates = Mutates,
        Steps = [.. Steps.Select(step => new RunbookStepRun { Name = step.Name, Title = step.Title, Status = RunbookStepStatus.Planned })],
        Plan = Plan,
    };
}
