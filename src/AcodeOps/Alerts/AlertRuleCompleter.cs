using AcodeOps.Shell;

namespace AcodeOps.Alerts;

/// <summary>Completes the names of alert rules, each with what has happened when it fires.</summary>
public sealed class AlertRuleCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names() => AlertCatalog.All.Select(rule => (rule.Id, (string?)rule.Title));
}
