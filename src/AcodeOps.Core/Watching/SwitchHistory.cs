using AcodeOps.Routing;

namespace AcodeOps.Watching;

/// <summary>The switches that were made, as far as a watch goes by them.</summary>
/// <param name="LastSwitchAt">When the last switch was begun that has changed anything, by whomever; null for none in the last 30 days.</param>
/// <param name="Unacknowledged">The last switch that a watch made by itself, if nobody has acknowledged it since; else null.</param>
/// <param name="LastEscalationAt">When people were last called because no route was left; null for never in the last 30 days.</param>
internal sealed record SwitchHistory(DateTimeOffset? LastSwitchAt, RunbookRun? Unacknowledged, DateTimeOffset? LastEscalationAt)
{
    /// <summary>Draws runs together.</summary>
    /// <param name="runs">The runs, in any order.</param>
    public static SwitchHistory Of(IReadOnlyCollection<RunbookRun> runs) => new(
        runs.Where(IsSwitch).Max(run => (DateTimeOffset?)run.StartedAt),
        AutomaticSwitches.Unacknowledged(runs) is [var last, ..] ? last : null,
        runs.Where(run => run.Status == RunbookStatus.Escalated).Max(run => (DateTimeOffset?)run.StartedAt));

    /// <summary>True for a switch that has changed anything: a run that ended at its first look has not.</summary>
    public static bool IsSwitch(RunbookRun run) => run.Runbook == FailoverRunbook.Kind && run.Steps.Skip(1).Any(step => step.Status != RunbookStepStatus.Planned);
}
