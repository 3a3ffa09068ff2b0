namespace AcodeOps.Alerts;

/// <summary>
/// A figure over a window is beyond a threshold. Counts are added up over the window (never averaged as a rate); of levels,
/// the lowest or the highest of the window counts.
/// </summary>
public sealed record ThresholdCondition : AlertCondition
{
    /// <summary>What is looked at.</summary>
    public required AlertTerm Term { get; init; }

    /// <summary>How the figures of the window become one.</summary>
    public required AlertAggregate Over { get; init; }

    /// <summary>How it is held against the threshold.</summary>
    public required AlertComparison Comparison { get; init; }

    /// <inheritdoc />
    public override required double Threshold { get; init; }

    /// <summary>
    /// True where it also fires when the window has no figure at all: what cannot be measured is then as bad as what is
    /// measured to be. Only where it is not told apart by tags.
    /// </summary>
    public bool FiresWhenMissing { get; init; }

    /// <summary>True for a count that is read as Datadog stores it, per second, as a query without <c>.as_count()</c> does.</summary>
    public bool IsRate { get; init; }

    /// <inheritdoc />
    public override IReadOnlyList<AlertTerm> Terms => (AlertTerm[])[Term];

    /// <summary>True where all of the window has to be beyond the threshold.</summary>
    internal bool IsThroughout => (Over, Comparison.IsUpward()) is (AlertAggregate.Minimum, true) or (AlertAggregate.Maximum, false);

    /// <inheritdoc />
    public override int HoldMinutes(int everyMinutes) => Over == AlertAggregate.Sum && Comparison.IsUpward() == true
        ? everyMinutes * (int)Math.Max(0, (Comparison == AlertComparison.Above ? Math.Floor(Threshold) + 1 : Math.Ceiling(Threshold)) - 1)
        : IsThroughout ? WindowMinutes : 0;
}
