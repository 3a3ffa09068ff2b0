using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance;

/// <summary>What a run of the maintenance would do, in the words by which an operator judges it.</summary>
/// <param name="plan">The plan.</param>
public sealed class MaintenanceConsent(MaintenancePlan plan)
{
    /// <summary>What it would do, one thing a line.</summary>
    public string Description => string.Join(System.Environment.NewLine,
    [
        $"{plan.Title} of environment '{plan.Environment}'.",
        .. new MaintenanceRunbook(plan).Steps.Select(step => $"  {(step.Mutates ? "do:" : "look:"),-8}{step.Title}"),
        .. plan.Clearings.Select(clearing => $"  delete: {clearing}"),
        .. plan.FailedPodHours is { } hours ? new[] { FormattableString.Invariant($"  delete: failed pods older than {hours:0.#} h, when their logs are saved") } : [],
        .. plan.Notes.Select(note => $"  mind:   {note}"),
    ]);

    /// <summary>The question about it.</summary>
    public string Question => ConsentText.Question(Description);

    /// <summary>The run that was not begun, for who only wanted to see it.</summary>
    public RunbookRun Planned() => new MaintenanceRunbook(plan).ToPlanned(plan.Environment, plan.PlannedAt);
}
