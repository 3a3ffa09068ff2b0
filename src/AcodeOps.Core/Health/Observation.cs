namespace AcodeOps.Health;

/// <summary>What a probe saw and how it judges it; the runner adds component, target, time and latency.</summary>
/// <param name="Verdict">The judgement.</param>
/// <param name="Summary">One line for the table.</param>
public sealed record Observation(Verdict Verdict, string Summary)
{
    /// <inheritdoc cref="HealthCheck.Value"/>
    public double? Value { get; init; }

    /// <inheritdoc cref="HealthCheck.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="HealthCheck.Threshold"/>
    public double? Threshold { get; init; }

    /// <inheritdoc cref="HealthCheck.Evidence"/>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <inheritdoc cref="HealthCheck.Remedy"/>
    public string? Remedy { get; init; }

    /// <inheritdoc cref="HealthCheck.Cause"/>
    public FailureClass? Cause { get; init; }

    /// <inheritdoc cref="HealthCheck.ErrorId"/>
    public string? ErrorId { get; init; }
}
