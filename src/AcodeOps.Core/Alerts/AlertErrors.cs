using AcodeOps.Documents;

namespace AcodeOps.Alerts;

/// <summary>What goes wrong with alert rules themselves.</summary>
public static class AlertErrors
{
    /// <summary>The environment has no rule of this name.</summary>
    public static AcodeException NotDefined(string id, AcodeEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        bool isElsewhere = AlertCatalog.All.Any(rule => string.Equals(rule.Id, id, StringComparison.OrdinalIgnoreCase));
        return new("AlertRuleNotDefined", FailureClass.InvalidInput, $"There is no alert rule '{Printable.Of(id)}'{(isElsewhere ? $" for {environment.Name}, which has nothing that it would look at" : "")}.")
        {
            Advice = !isElsewhere && Spelling.Nearest(id, AlertCatalog.All.Select(rule => rule.Id)) is { } nearest ? $"Did you mean {nearest}?" : "Get-AcodeAlertRule shows those that there are.",
            Subject = id,
            IsFatal = false,
        };
    }

    /// <summary>There is no outage of this name.</summary>
    public static AcodeException OutageNotDefined(string id) => new("AlertOutageNotDefined", FailureClass.InvalidInput, $"There is no outage '{Printable.Of(id)}' that rules could be tried in.")
    {
        Advice = Spelling.Nearest(id, Outages.OutageCatalog.All.Select(outage => outage.Id)) is { } nearest ? $"Did you mean {nearest}?" : "docs/alerts.md has all of them; -Outage * takes each.",
        Subject = id,
        IsFatal = false,
    };
}
