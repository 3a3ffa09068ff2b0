using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>A plan in the words by which an operator judges it.</summary>
/// <param name="plan">The plan.</param>
public sealed class PublicationConsent(PublicationPlan plan)
{
    /// <summary>The whole plan: each resource, and each field that changes, on a line.</summary>
    public string Description => string.Join(System.Environment.NewLine, Lines());

    /// <summary>The question, with the plan.</summary>
    public string Question => ConsentText.Question(Description);

    /// <summary>The run that would be made of the plan; one that is complete where nothing is to be done.</summary>
    public RunbookRun Planned()
    {
        RunbookRun run = new PublicationRunbook(plan).ToPlanned(plan.Environment, plan.PlannedAt);
        return plan.IsEmpty ? run with { Status = RunbookStatus.Completed, EndedAt = plan.PlannedAt, Steps = [] } : run;
    }

    private IEnumerable<string> Lines()
    {
        yield return $"{plan.Title} in environment '{plan.Environment}', workspace {plan.Workspace}.";
        foreach (IGrouping<(ConfiguredKind Kind, string Name), ConfigurationChange> resource in plan.Changes.GroupBy(change => (change.Kind, change.Name)))
        {
            ConfigurationAction action = resource.Select(change => change.Action).Where(action => action != ConfigurationAction.Leave).DefaultIfEmpty(ConfigurationAction.Leave).First();
            yield return $"  {Sign(action)} {action.ToString().ToLowerInvariant()} {resource.Key.Kind.ToString().ToLowerInvariant()} '{resource.Key.Name}'";
            foreach (ConfigurationChange change in resource)
            {
                string field = change.Field is null ? "" : $"{change.Field}: {change.Live ?? "(none)"} -> {(change.Action == ConfigurationAction.Leave ? $"left alone (file: {change.Desired ?? "none"})" : change.Desired ?? "(none)")}";
                string origin = change.Origin switch { ChangeOrigin.Drift => "changed at Airbyte", ChangeOrigin.Conflict => "changed on both sides", _ => "" };
                string line = string.Join("; ", new[] { field, origin, change.Note?.TrimEnd('.') }.Where(part => !string.IsNullOrEmpty(part)));
                if (line.Length > 0)
                {
                    yield return $"      {line}";
                }
            }
        }

        foreach (PlannedState state in plan.States)
        {
            yield return $"  ~ write how far the streams of '{state.Name}' were read";
        }

        foreach (string note in plan.Notes)
        {
            yield return $"  note: {note}";
        }
    }

    private static char Sign(ConfigurationAction action) => action switch
    {
        ConfigurationAction.Create => '+',
        ConfigurationAction.Update => '~',
        ConfigurationAction.Delete => '-',
        _ => '=',
    };
}
