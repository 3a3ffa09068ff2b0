namespace AcodeOps.Metrics;

/// <summary>The sinks of an environment.</summary>
public static class MetricSinks
{
    /// <summary>All sinks of an environment.</summary>
    /// <exception cref="AcodeException"><c>MetricSinkMissing</c>: it has none.</exception>
    public static IReadOnlyList<MetricSinkDefinition> Of(AcodeEnvironment environment) => environment.Metrics.Sinks.Count > 0
        ? environment.Metrics.Sinks
        : throw new AcodeException("MetricSinkMissing", FailureClass.InvalidInput, $"Environment '{environment.Name}' names no place that metrics are sent to.")
        {
            Advice = $"Add one to environment '{environment.Name}' in {environment.Path}, such as metrics: {{ sinks: {{ agent: {{ kind: dogStatsD }} }} }}.",
            Subject = environment,
        };

    /// <summary>That a sink was named which the environment does not have.</summary>
    public static AcodeException NotDefined(AcodeEnvironment environment, string name) => new(
        "MetricSinkNotDefined", FailureClass.InvalidInput, $"Environment '{environment.Name}' has no sink '{name}'.")
    {
        Advice = $"It has {string.Join(", ", environment.Metrics.Sinks.Select(sink => sink.Name))}.",
        Subject = name,
    };
}
