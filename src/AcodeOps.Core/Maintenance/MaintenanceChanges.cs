namespace AcodeOps.Maintenance;

/// <summary>Finds what is otherwise than in the runs before.</summary>
internal static class MaintenanceChanges
{
    /// <summary>What is otherwise.</summary>
    /// <param name="present">What the tasks of this run found.</param>
    /// <param name="now">The time of this run.</param>
    /// <param name="earlier">The runs before, the newest first.</param>
    public static MaintenanceChange Of(
        IReadOnlyList<MaintenanceOutcome> present, DateTimeOffset now, IReadOnlyList<(DateTimeOffset At, string RunId, MaintenanceResult Result)> earlier)
    {
        (DateTimeOffset At, string RunId, MaintenanceResult Result)? last = earlier.Count > 0 ? earlier[0] : null;
        MaintenanceTask[] both = [.. present.Select(outcome => outcome.Task).Where(task => last?.Result.Outcomes.Any(outcome => outcome.Task == task) == true)];
        HashSet<string> before = Names(last?.Result.Outcomes ?? [], both), after = Names(present, both);
        return new MaintenanceChange
        {
            Since = last?.RunId,
            SinceAt = last?.At,
            Trends = [.. present.SelectMany(outcome => outcome.Figures).DistinctBy(figure => figure.Name).Select(figure => Trend(figure, now, earlier))],
            New = [.. after.Except(before).Order(StringComparer.Ordinal)],
            Gone = [.. before.Except(after).Order(StringComparer.Ordinal)],
        };
    }

    private static MaintenanceTrend Trend(MaintenanceFigure figure, DateTimeOffset now, IEnumerable<(DateTimeOffset At, string RunId, MaintenanceResult Result)> earlier) => new()
    {
        Name = figure.Name,
        Unit = figure.Unit,
        Points =
        [
            .. from run in earlier.Reverse()
               let value = run.Result.Outcomes.SelectMany(outcome => outcome.Figures).FirstOrDefault(one => one.Name == figure.Name && one.Unit == figure.Unit)
               where value is not null
               select new TrendPoint(run.At, value.Value),
            new TrendPoint(now, figure.Value),
        ],
    };

    private static HashSet<string> Names(IEnumerable<MaintenanceOutcome> outcomes, MaintenanceTask[] tasks) =>
        [.. outcomes.Where(outcome => tasks.Contains(outcome.Task)).SelectMany(outcome => outcome.Findings).Select(finding => $"{finding.Rule} {finding.Target}")];
}
