using AcodeOps.Shell;

namespace AcodeOps.Alerts;

/// <summary>The rules that the user has named, and what became of names that are none.</summary>
internal sealed record NamedRules(IReadOnlyList<AlertRule> Rules, IReadOnlyList<AcodeException> Failures)
{
    public static NamedRules Of(AcodeEnvironment environment, string[]? names)
    {
        NameFilter filter = new(names);
        AlertRule[] rules = [.. AlertCatalog.For(environment).Where(rule => filter.IsMatch(rule.Id))];
        return new NamedRules(rules, [.. filter.Unmatched.Select(name => AlertErrors.NotDefined(name, environment))]);
    }
}
