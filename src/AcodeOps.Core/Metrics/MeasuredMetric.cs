namespace AcodeOps.Metrics;

/// <summary>Makes metrics of what was measured.</summary>
internal static class MeasuredMetric
{
    /// <summary>The metric of a figure.</summary>
    public static Metric Measured(this MetricDefinition definition, MetricValue value, DateTimeOffset now) => new()
    {
        Name = definition.Name,
        Kind = definition.Kind,
        Unit = definition.Unit,
        Category = definition.Category,
        // A figure that is no number would be refused, or taken for 0, by whoever gets it.
        Value = value.Value is { } number && double.IsFinite(number) ? number : null,
        Tags = value.Tags,
        MeasuredAt = now,
        Evidence = value.Evidence,
        Problem = value.Value is { } odd && !double.IsFinite(odd) ? "What was measured is no number." : value.Problem,
        ErrorId = value.ErrorId,
        Cause = value.Cause,
        Remedy = value.Remedy,
    };
}
