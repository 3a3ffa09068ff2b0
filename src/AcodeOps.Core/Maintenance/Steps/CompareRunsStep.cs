using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance.Steps;

/// <summary>Holds the figures and findings of the run against those of the runs before, from their journals.</summary>
internal sealed class CompareRunsStep(MaintenancePlan plan) : MaintenanceStep(plan)
{
    /// <summary>The fact that keeps what is otherwise.</summary>
    public const string Change = "maintenance_change";

    private const int Runs = 8;
    private const int Days = 70;

    /// <inheritdoc />
    public override MaintenanceTask Task => MaintenanceTask.Trends;

    /// <inheritdoc />
    public override string Name => "compare_runs";

    /// <inheritdoc />
    public override string Title => "Compare with the runs before";

    /// <inheritdoc />
    protected override async Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel)
    {
        List<(DateTimeOffset At, string RunId, MaintenanceResult Result)> earlier = [];
        List<string> unread = [];
        await foreach (RunReading reading in new JournalReader(context.Installation).ReadAsync(Days, unfinishedOnly: false, cancel).ConfigureAwait(false))
        {
            if (reading.Failure is { } failure)
            {
                unread.Add(failure.Message);
            }
            else if (reading.Run is { Runbook: MaintenanceRunbook.Kind, Result: MaintenanceResult { Outcomes.Count: > 0 } result } run && string.CompareOrdinal(run.RunId, context.RunId) < 0)
            {
                earlier.Add((run.StartedAt, run.RunId, result));
                if (earlier.Count == Runs)
                {
                    break;
                }
            }
        }

        MaintenanceOutcome[] present = [.. Plan.Tasks.Select(task => OutcomeOf(context.Facts, task)).OfType<MaintenanceOutcome>().Where(outcome => outcome.Task != Task)];
        MaintenanceChange change = MaintenanceChanges.Of(present, context.Now, earlier);
        context.Facts.Set(Change, change);
        return new MaintenanceOutcome
        {
            Task = Task,
            Verdict = unread.Count > 0 ? Verdict.Degraded : Verdict.Healthy,
            Summary = change.SinceAt is { } at
                ? FormattableString.Invariant($"Findings that are new since the run of {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {change.New.Count}; gone: {change.Gone.Count}; {change.Trends.Count} figures over {earlier.Count + 1} runs.")
                : $"There is no run before within {Days} days.",
            Evidence = unread,
        };
    }
}
