using AcodeOps.Health;

namespace AcodeOps;

/// <summary>What came of a run of the maintenance.</summary>
public sealed record MaintenanceResult
{
    /// <summary>The worst of the tasks' verdicts; Unknown until one has ended.</summary>
    public Verdict Verdict => Outcomes.Count == 0 ? Verdict.Unknown : Outcomes.Select(outcome => outcome.Verdict).MaxBy(verdict => verdict.Severity());

    /// <summary>The tasks that have ended, in their order.</summary>
    public IReadOnlyList<MaintenanceOutcome> Outcomes { get; init => field = value.ToArray(); } = [];

    /// <summary>What is otherwise than in the run before; null where that was not looked at yet.</summary>
    public MaintenanceChange? Change { get; init; }

    /// <summary>All findings, with the task that has them.</summary>
    public IEnumerable<Finding> Findings => Outcomes.SelectMany(outcome => outcome.Findings);

    /// <inheritdoc />
    public override string ToString() => $"{Verdict}: {Outcomes.Count(outcome => outcome.Verdict == Verdict.Healthy)} of {Outcomes.Count} tasks Healthy, {Findings.Count()} findings";
}
