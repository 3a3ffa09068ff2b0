using AcodeOps.Health;

namespace AcodeOps.Metrics;

/// <summary>A metric of the registry, and how it is made of what its group reads.</summary>
/// <param name="Definition">The metric.</param>
/// <param name="Measure">Makes its figures, one for each further tag; none where there is nothing to measure.</param>
/// <typeparam name="TReading">What the group reads.</typeparam>
public sealed record MetricEntry<TReading>(MetricDefinition Definition, Func<TReading, HealthContext, IEnumerable<MetricValue>> Measure)
{
    /// <summary>Whether there is such a figure of a target at all: a table without a column for values has no daily value.</summary>
    public Func<AcodeEnvironment, string, bool> AppliesTo { get; init; } = (_, _) => true;
}
