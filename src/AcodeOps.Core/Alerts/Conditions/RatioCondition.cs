namespace AcodeOps.Alerts;

/// <summary>
/// One level divided by another of the same group is beyond a threshold, for the length of a window. Where the divisor is 0 or not
/// known there is no figure: nothing fires.
/// </summary>
public sealed record RatioCondition : AlertCondition
{
    /// <summary>What is divided.</summary>
    public required AlertTerm Numerator { get; init; }

    /// <summary>What it is divided by.</summary>
    public required AlertTerm Denominator { get; init; }

    /// <summary>How the figures of the window become one.</summary>
    public required AlertAggregate Over { get; init; }

    /// <summary>How it is held against the threshold.</summary>
    public required AlertComparison Comparison { get; init; }

    /// <inheritdoc />
    public override required double Threshold { get; init; }

    /// <inheritdoc />
    public override IReadOnlyList<AlertTerm> Terms => (AlertTerm[])[Numerator, Denominator];

    /// <inheritdoc />
    public override int HoldMinutes(int everyMinutes) => (Over, Comparison.IsUpward()) is (AlertAggregate.Minimum, true) or (AlertAggregate.Maximum, false) ? WindowMinutes : 0;
}
