namespace AcodeOps;

/// <summary>
/// One figure of an installation at one moment. What could not be measured has no value, and <see cref="Problem"/> says
/// why: it is never sent, least of all as 0.
/// </summary>
public sealed record Metric
{
    /// <summary>Its name: <c>acode.daily_records</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The figure, in <see cref="Unit"/>; null when it could not be measured.</summary>
    public required double? Value { get; init; }

    /// <summary>How figures of several moments are drawn together.</summary>
    public MetricKind Kind { get; init; }

    /// <summary>What it is counted in: <c>rows</c>, <c>s</c>, <c>min</c>, <c>h</c>, <c>d</c>, <c>bytes</c>; empty for a pure number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What it is about.</summary>
    public MetricCategory Category { get; init; }

    /// <summary>Which of several it is, each as <c>key:value</c>: <c>table:sales</c>, <c>day:closed</c>.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value.ToArray(); } = [];

    /// <summary>When it was measured, UTC.</summary>
    public DateTimeOffset MeasuredAt { get; init; }

    /// <summary>How it was measured, one fact a line.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>Why it has no value; null when it has one.</summary>
    public string? Problem { get; init; }

    /// <summary>The stable id of what kept it from being measured; null when it has a value.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The class of the failure; null when it has a value.</summary>
    public FailureClass? Cause { get; init; }

    /// <summary>What to do about it; null when it has a value, or where the problem says all.</summary>
    public string? Remedy { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Name}{(Tags.Count == 0 ? "" : $" [{string.Join(',', Tags)}]")}: {(Value is { } value ? $"{value} {Unit}".TrimEnd() : $"unknown ({Problem})")}");
}
