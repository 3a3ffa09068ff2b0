namespace AcodeOps.Metrics;

/// <summary>What an entry of the registry makes of a reading: one figure, or why there is none.</summary>
/// <param name="Value">The figure; null when it is not known.</param>
public sealed record MetricValue(double? Value)
{
    /// <summary>Tags besides the target's, each as <c>key:value</c>.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc cref="Metric.Evidence"/>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc cref="Metric.Problem"/>
    public string? Problem { get; init; }

    /// <inheritdoc cref="Metric.ErrorId"/>
    public string? ErrorId { get; init; }

    /// <inheritdoc cref="Metric.Cause"/>
    public FailureClass? Cause { get; init; }

    /// <inheritdoc cref="Metric.Remedy"/>
    public string? Remedy { get; init; }

    /// <summary>A figure that is not known.</summary>
    /// <param name="errorId">The stable id of the reason.</param>
    /// <param name="problem">The reason, in a sentence.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="cause">The class of the failure.</param>
    public static MetricValue Unknown(string errorId, string problem, string? remedy = null, FailureClass cause = FailureClass.NotFound) =>
        new((double?)null) { ErrorId = errorId, Problem = problem, Remedy = remedy, Cause = cause };

    /// <summary>The failure of a reading.</summary>
    public static MetricValue Of(AcodeException failure) => Unknown(failure.Id, failure.Message, failure.Advice, failure.Cause);

    /// <summary>A figure where it is known, and the reason where it is not.</summary>
    public static MetricValue OrUnknown(double? value, string errorId, string problem, string? remedy = null) =>
        value is null ? Unknown(errorId, problem, remedy) : new MetricValue(value);
}
