namespace AcodeOps;

/// <summary>Where the metrics of an environment go, and how often they are collected.</summary>
public sealed record MetricsDefinition
{
    /// <summary>How often a scheduler collects, in minutes: events are counted over stretches of this length.</summary>
    public int EveryMinutes { get; init; } = 5;

    /// <summary>Tags that every metric gets when it is sent, each as <c>key:value</c>, besides <c>env:</c> with the environment's name.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value.ToArray(); } = [];

    /// <summary>Where metrics are sent, in the order of the file; empty for nowhere.</summary>
    public IReadOnlyList<MetricSinkDefinition> Sinks { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"every {EveryMinutes} min to {(Sinks.Count == 0 ? "nowhere" : string.Join(", ", Sinks.Select(sink => sink.Name)))}";
}
