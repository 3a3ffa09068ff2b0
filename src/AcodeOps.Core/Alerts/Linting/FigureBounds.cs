using AcodeOps.Metrics;

namespace AcodeOps.Alerts.Linting;

/// <summary>How great a figure can become at all, where that is known of a metric.</summary>
internal static class FigureBounds
{
    /// <summary>The greatest figure that a condition can see; null where there is no limit.</summary>
    public static double? Most(ThresholdCondition condition, AcodeEnvironment environment)
    {
        string[] wanted = [.. condition.Term.Tags.Select(Queries.DatadogQuery.Tag)];
        int series = SentSeries.Of(condition.Term.Metric, environment).Count(each => wanted.All(each.Tags.Contains));
        if (series == 0 || MostOfOne(condition.Term.Metric) is not { } one)
        {
            return null;
        }

        // A window that is longer than a collection by however little has room for one more.
        double looks = condition.Over == AlertAggregate.Sum ? Math.Ceiling((double)condition.WindowMinutes / environment.Metrics.EveryMinutes) : 1;
        double together = condition.Term.Across == AlertAggregate.Sum && condition.GroupBy.Count == 0 ? one * series : one;
        return together * looks / (condition.IsRate ? AlertEvaluator.FlushSeconds : 1);
    }

    private static double? MostOfOne(string metric) => metric switch
    {
        "acode.health_check" => 3,
        "acode.route_active" or "acode.sync_source_had_rows" => 1,
        "acode.slots_missed_7d" => 7,
        _ => MetricCatalog.Find(metric) is { Kind: MetricKind.Count, Unit: "checks" or "collections" } ? 1 : null,
    };
}
