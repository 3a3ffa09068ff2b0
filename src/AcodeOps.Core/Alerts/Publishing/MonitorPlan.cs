using System.Text.Json.Nodes;
using AcodeOps.Alerts.Queries;

namespace AcodeOps.Alerts.Publishing;

/// <summary>What has to be done so that Datadog has the monitors of an environment, each once.</summary>
public sealed class MonitorPlan
{
    private MonitorPlan(AcodeEnvironment environment, IReadOnlyList<PlannedMonitor> planned)
    {
        Environment = environment;
        Planned = planned;
    }

    /// <summary>The environment.</summary>
    public AcodeEnvironment Environment { get; }

    /// <summary>Every monitor, with what is to be done: makes first, deletions last.</summary>
    public IReadOnlyList<MonitorChange> Changes => [.. Planned.Select(planned => planned.Change)];

    /// <summary>True where nothing is to be done.</summary>
    public bool IsEmpty => Planned.All(planned => planned.Change.Action == MonitorAction.None);

    internal IReadOnlyList<PlannedMonitor> Planned { get; }

    /// <summary>Plans it. Monitors are known by their tags: no file says which there are.</summary>
    /// <param name="monitors">Datadog.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="rules">The rules to publish.</param>
    /// <param name="prune">Delete the environment's monitors of no rule; without it they stay.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<MonitorPlan> MakeAsync(IAlertMonitors monitors, AcodeEnvironment environment, IReadOnlyList<AlertRule> rules, bool prune, CancellationToken cancel)
    {
        IReadOnlyList<StoredMonitor> stored = await monitors.ListAsync([DatadogMonitor.OwnerTag, DatadogQuery.Tag($"env:{environment.Name}")], cancel).ConfigureAwait(false);
        ILookup<string, StoredMonitor> byRule = stored.Where(one => DatadogMonitor.RuleOf(one.Body) is not null).OrderBy(one => one.Id).ToLookup(one => DatadogMonitor.RuleOf(one.Body)!);
        List<PlannedMonitor> planned = [];
        foreach (AlertRule rule in rules)
        {
            DatadogMonitor monitor = DatadogMonitor.Of(rule, environment.Datadog?.Notify ?? [], environment.Metrics.Tags);
            planned.Add(byRule[rule.Id].FirstOrDefault() is { } live ? Kept(monitor, live) : new PlannedMonitor(
                new MonitorChange { Rule = rule.Id, Name = monitor.Name, Action = MonitorAction.Create }, monitor.Body));
        }

        if (prune)
        {
            HashSet<string> wanted = [.. AlertCatalog.For(environment).Select(rule => rule.Id)];
            planned.AddRange(byRule.SelectMany(one => one.Skip(wanted.Contains(one.Key) ? 1 : 0).Select(left => (Rule: one.Key, left))).Select(one => new PlannedMonitor(
                new MonitorChange
                {
                    Rule = one.Rule,
                    Name = one.left.Body["name"]?.ToString() ?? "",
                    MonitorId = one.left.Id,
                    Action = MonitorAction.Delete,
                    EditedAtDatadog = DatadogMonitor.IsEdited(one.left.Body),
                },
                null)));
        }

        return new MonitorPlan(environment, planned);
    }

    private static PlannedMonitor Kept(DatadogMonitor monitor, StoredMonitor live)
    {
        IReadOnlyList<string> differences = monitor.DifferencesFrom(live.Body);
        MonitorChange change = new()
        {
            Rule = monitor.Rule,
            Name = monitor.Name,
            MonitorId = live.Id,
            Action = differences.Count == 0 ? MonitorAction.None : MonitorAction.Update,
            Differences = differences,
            EditedAtDatadog = DatadogMonitor.IsEdited(live.Body),
        };
        return new PlannedMonitor(change, differences.Count == 0 ? null : monitor.Over(live.Body));
    }
}

/// <summary>A change, and the body to send for it; null for none.</summary>
internal sealed record PlannedMonitor(MonitorChange Change, JsonObject? Body);
