namespace AcodeOps.Metrics;

/// <summary>What is told of the collection itself: that it ran, and what it could not measure. A monitor that hears nothing of it knows that nobody looks.</summary>
internal static class CollectionMetrics
{
    private static readonly MetricDefinition Errors = new("acode.metrics_collection_errors", MetricKind.Count, "metrics", MetricCategory.Technical,
        "Metrics that could not be measured in this collection, by category.")
    {
        Tags = ["type"],
    };

    private static readonly MetricDefinition Runs = new("acode.metrics_collections", MetricKind.Count, "collections", MetricCategory.Technical,
        "1 for each collection: its absence means that nobody measures.");

    /// <summary>Its metrics.</summary>
    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Errors, Runs];

    /// <summary>The metrics of a collection that has ended.</summary>
    /// <param name="asked">The categories that were measured.</param>
    /// <param name="unknown">The categories of the metrics that could not be measured.</param>
    /// <param name="now">The time, UTC.</param>
    public static IEnumerable<Metric> Of(IEnumerable<MetricCategory> asked, IReadOnlyCollection<MetricCategory> unknown, DateTimeOffset now) =>
    [
        .. asked.Distinct().Order().Select(category => Errors.Measured(
            new MetricValue(unknown.Count(each => each == category)) { Tags = [$"type:{category.ToString().ToLowerInvariant()}"] }, now)),
        Runs.Measured(new MetricValue(1), now),
    ];
}
