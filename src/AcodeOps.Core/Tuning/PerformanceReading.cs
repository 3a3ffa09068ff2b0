namespace AcodeOps;

/// <summary>One figure of a measurement, over the time from <see cref="From"/> to <see cref="To"/>.</summary>
public sealed record PerformanceReading
{
    /// <summary>Which one was measured: <c>machine</c>, <c>primary</c>, a pod and its container.</summary>
    public required string Target { get; init; }

    /// <summary>What was measured: <c>Processor busy</c>. Stable.</summary>
    public required string Name { get; init; }

    /// <summary>Which of several of the target: a disk; null where there is one.</summary>
    public string? Instance { get; init; }

    /// <summary>The figure, in <see cref="Unit"/>; null where it is not known.</summary>
    public double? Value { get; init; }

    /// <summary>The unit: <c>%</c>, <c>1/s</c>, <c>MB/s</c>, <c>MiB</c>, <c>cores</c>, <c>threads</c>, <c>connections</c>, <c>statements</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The begin of the time that it is of, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the time that it is of, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Unknown where there is no figure; null where there is one and no limit to hold it against.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The limit that the figure was held against.</summary>
    public double? Threshold { get; init; }

    /// <summary>What the figure is made of, or why there is none.</summary>
    public string? Evidence { get; init; }

    /// <summary>The class of the failure behind an Unknown; null where nothing failed.</summary>
    public FailureClass? Cause { get; init; }

    /// <summary>The stable id of the error behind an Unknown; null where there was none.</summary>
    public string? ErrorId { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Target}: {Name}{(Instance is null ? "" : $" {Instance}")} {(Value is { } value ? $"{value:0.##} {Unit}" : $"unknown ({Evidence})")}");
}
