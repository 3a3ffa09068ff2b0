namespace AcodeOps.Routing;

/// <summary>The switches that watches made by themselves, among the runs of an installation.</summary>
internal static class AutomaticSwitches
{
    /// <summary>Those that have changed something and that nobody has acknowledged since, newest first.</summary>
    public static IReadOnlyList<RunbookRun> Unacknowledged(IReadOnlyCollection<RunbookRun> runs)
    {
        HashSet<string> acknowledged = [.. runs.Where(run => run.Status == RunbookStatus.Completed).Select(run => run.Plan).OfType<AcknowledgementPlan>().SelectMany(plan => plan.RunIds)];
        return [.. runs.Where(run => run.Plan is FailoverPlan { IsAutomatic: true } && run.Status != RunbookStatus.Undone && !acknowledged.Contains(run.RunId))
            .OrderByDescending(run => run.RunId, StringComparer.Ordinal)];
    }
}
