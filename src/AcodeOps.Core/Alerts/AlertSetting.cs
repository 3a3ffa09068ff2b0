namespace AcodeOps.Alerts;

/// <summary>What a rule's thresholds and windows come from: the environment, and how often it is measured.</summary>
/// <param name="environment">The environment.</param>
public sealed class AlertSetting(AcodeEnvironment environment)
{
    // A scheduler is late now and then, and a collection takes its time: below this, one late collection would look like none.
    private const int ShortestWindow = 5;

    /// <summary>The environment.</summary>
    public AcodeEnvironment Environment => environment;

    /// <summary>What is promised.</summary>
    public Objectives Objectives => environment.Objectives;

    /// <summary>How often metrics are collected, in minutes.</summary>
    public int EveryMinutes => environment.Metrics.EveryMinutes;

    /// <summary>A window in which there are so many collections, in minutes.</summary>
    public int Collections(int number) => Math.Max(number * EveryMinutes, ShortestWindow);

    /// <summary>The series of a metric in this environment.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="across">How those of one group become one.</param>
    /// <param name="tags">The tags that they have to have.</param>
    public AlertTerm Term(string metric, AlertAggregate across, params string[] tags) => new(metric) { Across = across, Tags = [$"env:{environment.Name}", .. tags] };

    /// <summary>A level that is beyond a threshold all through a window.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="comparison">Which side is beyond.</param>
    /// <param name="threshold">The threshold, in the metric's unit.</param>
    /// <param name="collections">The window, in collections.</param>
    /// <param name="groupBy">The keys by which it is told apart.</param>
    public ThresholdCondition Throughout(string metric, AlertComparison comparison, double threshold, int collections, params string[] groupBy) => new()
    {
        Term = Term(metric, comparison.IsUpward() == false ? AlertAggregate.Minimum : AlertAggregate.Maximum),
        Over = comparison.IsUpward() == false ? AlertAggregate.Maximum : AlertAggregate.Minimum,
        Comparison = comparison,
        Threshold = threshold,
        WindowMinutes = Collections(collections),
        GroupBy = groupBy,
    };

    /// <summary>Something was counted so often within a window.</summary>
    /// <param name="metric">The count.</param>
    /// <param name="atLeast">How often.</param>
    /// <param name="collections">The window, in collections: one more than would do, as one may come late.</param>
    /// <param name="tags">The tags of what is counted.</param>
    public ThresholdCondition Counted(string metric, int atLeast, int collections, params string[] tags) => new()
    {
        Term = Term(metric, AlertAggregate.Sum, tags),
        Over = AlertAggregate.Sum,
        Comparison = AlertComparison.AtLeast,
        Threshold = atLeast,
        WindowMinutes = Collections(collections),
    };
}
