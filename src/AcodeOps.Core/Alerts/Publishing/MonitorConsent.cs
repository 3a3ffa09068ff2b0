namespace AcodeOps.Alerts.Publishing;

/// <summary>A plan in words: what is asked before it is done, and what is recorded of it.</summary>
/// <param name="plan">The plan.</param>
public sealed class MonitorConsent(MonitorPlan plan)
{
    /// <summary>What would be done, a line each.</summary>
    public string Description => string.Join(Environment.NewLine, Pending.Select(change =>
        $"{change.Action} monitor '{change.Name}'{(change.Differences.Count == 0 ? "" : $": {string.Join(", ", change.Differences)}")}{(change.EditedAtDatadog && change.Action != MonitorAction.Create ? " (changed at Datadog since it was written)" : "")}"));

    /// <summary>The question.</summary>
    public string Question => $"{Counted(MonitorAction.Create, "create")}, {Counted(MonitorAction.Update, "update")}, {Counted(MonitorAction.Delete, "delete")} at {plan.Environment.Datadog}. Publish?";

    /// <summary>The changes, for the record.</summary>
    public IReadOnlyDictionary<string, object?> Details => Pending.GroupBy(change => change.Action).ToDictionary(
        group => group.Key.ToString().ToLowerInvariant(), group => (object?)group.Select(change => change.Rule).ToArray());

    private IEnumerable<MonitorChange> Pending => plan.Changes.Where(change => change.Action != MonitorAction.None);

    /// <summary>What came of it, for the record.</summary>
    public static string Outcome(IReadOnlyList<MonitorChange> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        MonitorChange[] failed = [.. done.Where(change => change.ErrorId is not null)];
        return $"{done.Count(change => change.Applied)} published{(failed.Length == 0 ? "" : $", {failed.Length} failed: {string.Join(", ", failed.Select(change => $"{change.Rule} ({change.ErrorId})"))}")}";
    }

    private string Counted(MonitorAction action, string verb) => $"{Pending.Count(change => change.Action == action)} to {verb}";
}
