using System.Globalization;
using AcodeOps.Documents;
using AcodeOps.Metrics;

namespace AcodeOps.Alerts.Linting;

/// <summary>What is wrong with a condition: with what it looks at, and with what it did in outages.</summary>
/// <param name="condition">The condition.</param>
/// <param name="environment">The environment.</param>
/// <param name="name">What it is called.</param>
internal sealed class ConditionReview(AlertCondition condition, AcodeEnvironment environment, string name)
{
    /// <summary>What it did in outages.</summary>
    public required IReadOnlyList<AlertTrial> Trials { get; init; }

    /// <summary>The outages before whose begin it fired.</summary>
    public required IReadOnlyList<string> FiredWhileWell { get; init; }

    /// <summary>The findings.</summary>
    public IEnumerable<Finding> Findings()
    {
        Finding[] missing = [.. condition.Terms.SelectMany(NotSent)];
        return [.. missing, .. Rate(), .. Reach(), .. missing.Length > 0 ? [] : Behaviour()];
    }

    private IEnumerable<Finding> NotSent(AlertTerm term)
    {
        if (MetricCatalog.Find(term.Metric) is null)
        {
            yield return Of("AlertMetricNotSent", FindingSeverity.Error, $"Nobody sends '{Printable.Of(term.Metric)}': it cannot fire.") with
            {
                Proposed = Spelling.Nearest(term.Metric, MetricCatalog.All.Select(metric => metric.Name)),
                Remedy = "docs/metrics.md has all metrics that Get-AcodeMetric measures; what you send yourself by Send-AcodeMetric is not among them.",
            };
            yield break;
        }

        AlertSeries[] sent = [.. SentSeries.Of(term.Metric, environment)];
        foreach (string tag in term.Tags.Where(tag => !sent.Any(series => series.Tags.Contains(Queries.DatadogQuery.Tag(tag)))))
        {
            yield return Of("AlertTagNotSent", FindingSeverity.Error, $"'{term.Metric}' is never sent with the tag '{Printable.Of(tag)}': there is nothing to look at.") with
            {
                Evidence = $"sent: {string.Join(", ", sent.SelectMany(series => series.Tags).Distinct().Order(StringComparer.Ordinal).Take(12))}",
                Remedy = "Use tags that are sent.",
            };
        }

        foreach (string key in condition.GroupBy.Where(key => !sent.Any(series => series.ValueOf(key) is not null)))
        {
            yield return Of("AlertTagNotSent", FindingSeverity.Error, $"'{term.Metric}' is never sent with a tag '{Printable.Of(key)}:', by which it is grouped.") with { Remedy = "Group by tags that are sent." };
        }
    }

    private IEnumerable<Finding> Rate()
    {
        if (condition is ThresholdCondition { IsRate: true } threshold && MetricCatalog.Find(threshold.Term.Metric) is { Kind: MetricKind.Count })
        {
            yield return Of("AlertUnitMismatch", FindingSeverity.Warning, $"'{threshold.Term.Metric}' is a count; without .as_count() the query is of its rate per second, a tenth of what is counted in ten seconds.") with
            {
                Current = Queries.DatadogQuery.Of(threshold),
                Proposed = Queries.DatadogQuery.Of(threshold with { IsRate = false, Over = AlertAggregate.Sum, Term = threshold.Term with { Across = AlertAggregate.Sum } }),
                Remedy = "Add counts up over the window: sum(last_…):sum:….as_count().",
            };
        }
        else if (condition is ThresholdCondition { IsRate: false, Over: not AlertAggregate.Sum } averaged && MetricCatalog.Find(averaged.Term.Metric) is { Kind: MetricKind.Count })
        {
            yield return Of("AlertUnitMismatch", FindingSeverity.Error, $"'{averaged.Term.Metric}' is asked for as a count and not added up: Datadog takes .as_count() with sum() only.") with { Remedy = "Use sum(last_…)." };
        }
    }

    private IEnumerable<Finding> Reach()
    {
        if (condition is ThresholdCondition threshold && FigureBounds.Most(threshold, environment) is { } most && threshold.Comparison.IsUpward() == true && !threshold.Comparison.Holds(most, threshold.Threshold))
        {
            yield return Of("AlertThresholdUnreachable", FindingSeverity.Error,
                string.Create(CultureInfo.InvariantCulture, $"The figure can be {most:0.####} at most, and has to be {threshold.Comparison.Sign()} {threshold.Threshold:0.####}: it cannot fire.")) with
            {
                Current = Number(threshold.Threshold),
                Evidence = string.Create(CultureInfo.InvariantCulture, $"one collection in {environment.Metrics.EveryMinutes} min, {threshold.WindowMinutes} min looked at"),
                Remedy = "Lower the threshold, or look at a longer window.",
            };
        }
    }

    private IEnumerable<Finding> Behaviour()
    {
        AlertTrial[] fired = [.. Trials.Where(trial => trial.HasFired)], missed = [.. Trials.Where(trial => trial is { IsExpected: true, HasFired: false })];
        if (FiredWhileWell.Count > 0)
        {
            yield return Of("AlertFiresWithoutOutage", FindingSeverity.Error, "It fires while all is well: nobody will heed it.") with { Evidence = $"before {string.Join(", ", FiredWhileWell.Take(5))}", Remedy = "Compare its threshold with what is usual." };
        }

        if (fired.Length == 0 && Trials.Count > 0)
        {
            yield return Of("AlertNeverFires", FindingSeverity.Error, $"It fires in none of {Trials.Count} outages.") with
            {
                Evidence = string.Join("; ", Trials.Where(trial => trial.Extreme is not null).OrderByDescending(trial => trial.Extreme).Take(3).Select(trial => $"{trial.Outage}: {Number(trial.Extreme!.Value)} against {Number(condition.Threshold)}")),
                Remedy = "Compare it with the rule of Get-AcodeAlertRule that looks at the same metric.",
            };
        }
        else if (missed.Length > 0)
        {
            yield return Of("AlertMissesOutage", FindingSeverity.Error, $"It does not fire in {string.Join(", ", missed.Select(trial => trial.Outage))}.") with { Remedy = "Compare its window with how often metrics are collected." };
        }

        if (fired.Where(trial => trial.RecoveredAfterMinutes is null).Select(trial => trial.Outage).ToArray() is { Length: > 0 } stuck)
        {
            yield return Of("AlertNeverRecovers", FindingSeverity.Warning, $"It is still not well again when {string.Join(", ", stuck)} has long been over.") with { Remedy = "Look at a shorter window, or at a metric that comes back." };
        }
    }

    private Finding Of(string rule, FindingSeverity severity, string message) => new() { Rule = rule, Severity = severity, Target = Printable.Of(name), Message = message };

    private static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
