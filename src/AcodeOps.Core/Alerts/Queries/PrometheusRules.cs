using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AcodeOps.Alerts.Queries;

/// <summary>Alert rules as a file that Prometheus loads.</summary>
public static class PrometheusRules
{
    /// <summary>The file's text, YAML. Its alerts are named after the rules: <c>AcodePrimaryDown</c>.</summary>
    public static string Of(IEnumerable<AlertRule> rules)
    {
        StringBuilder text = new("groups:\n");
        foreach (IGrouping<string, AlertRule> environment in rules.GroupBy(rule => rule.Environment))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - name: {Quoted($"acode {environment.Key}")}\n    rules:\n");
            foreach (AlertRule rule in environment)
            {
                text.Append(CultureInfo.InvariantCulture, $"""
                          - alert: {NameOf(rule)}
                            expr: {Quoted(rule.PrometheusQuery)}
                            labels:
                              rule: {Quoted(rule.Id)}
                              severity: {Quoted(rule.Severity.ToString().ToLowerInvariant())}
                              env: {Quoted(rule.Environment)}
                            annotations:
                              summary: {Quoted(rule.Title)}
                              description: {Quoted($"{rule.Meaning} {rule.Advice}")}

                    """);
            }
        }

        return text.ToString();
    }

    /// <summary>The name of a rule's alert.</summary>
    public static string NameOf(AlertRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return "Acode" + string.Concat(rule.Id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    // A JSON string is a YAML one too. Doubled braces would be taken for a template.
    private static string Quoted(string text) => JsonSerializer.Serialize(text.Replace("{{", "{", StringComparison.Ordinal));
}
