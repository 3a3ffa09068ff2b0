using System.Globalization;
using System.Text.RegularExpressions;
using AcodeOps.Documents;
using AcodeOps.Metrics;

namespace AcodeOps.Alerts.Linting;

/// <summary>What is wrong with a monitor as it is written.</summary>
internal static partial class MonitorReview
{
    private static readonly Dictionary<string, string> UnitWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["second"] = "s",
        ["minute"] = "min",
        ["hour"] = "h",
        ["day"] = "d",
        ["byte"] = "bytes",
        ["row"] = "rows",
        ["segundo"] = "s",
        ["minuto"] = "min",
        ["hora"] = "h",
        ["dia"] = "d",
    };

    /// <summary>The findings; <paramref name="condition"/> is null where the query is not understood.</summary>
    public static IEnumerable<Finding> Of(WrittenMonitor monitor, AlertCondition? condition)
    {
        if (condition is null)
        {
            yield return Finding(monitor, "AlertQueryNotUnderstood", FindingSeverity.Warning, "The query is not one that can be tried here: whether it would fire is not known.") with
            {
                Current = Printable.Of(monitor.Query),
                Remedy = "Understood are metric monitors of one series, or of one divided by another: avg(last_5m):sum:metric{tag:value} by {key}.as_count() >= 3.",
            };
            yield break;
        }

        if (MonitorQuery.LacksScope(monitor.Query))
        {
            yield return Finding(monitor, "AlertScopeMissing", FindingSeverity.Error, "The query names no scope after the metric: Datadog refuses it.") with { Remedy = "Write {env:…} after the metric's name." };
        }
        else if (condition.Terms.All(term => !term.Tags.Any(tag => tag.StartsWith("env:", StringComparison.Ordinal))))
        {
            yield return Finding(monitor, "AlertScopeTooWide", FindingSeverity.Information, "The query is of all environments together: staging fires it as well.") with { Remedy = "Add env:… to its scope." };
        }

        if (monitor.Critical is { } critical && critical != condition.Threshold)
        {
            yield return Finding(monitor, "AlertThresholdDiffers", FindingSeverity.Error, "The threshold in the query is another than the critical one beside it: Datadog refuses it, and nobody knows which is meant.") with
            {
                Current = string.Create(CultureInfo.InvariantCulture, $"query {condition.Threshold:0.####}, critical {critical:0.####}"),
                Remedy = "Write the critical threshold into the query.",
            };
        }

        if (MetricCatalog.Find(condition.Terms[0].Metric) is { Unit.Length: > 0 } metric && condition is ThresholdCondition
            && monitor.Message is { } message && ValueUnit().Match(message) is { Success: true } match && UnitWords.TryGetValue(match.Groups["unit"].Value, out string? unit) && unit != metric.Unit)
        {
            yield return Finding(monitor, "AlertUnitMismatch", FindingSeverity.Warning, $"The message tells the figure as {match.Groups["unit"].Value}s; '{metric.Name}' is in {metric.Unit}.") with { Current = unit, Proposed = metric.Unit };
        }
    }

    private static Finding Finding(WrittenMonitor monitor, string rule, FindingSeverity severity, string message) => new() { Rule = rule, Severity = severity, Target = Printable.Of(monitor.Name), Message = message };

    [GeneratedRegex(@"\{\{\s{0,3}value\s{0,3}\}\}\s{0,3}(?<unit>second|minute|hour|day|byte|row|segundo|minuto|hora|dia)s?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ValueUnit();
}
