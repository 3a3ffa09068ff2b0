namespace AcodeOps;

/// <summary>The result of one check of one thing.</summary>
public sealed record HealthCheck
{
    /// <summary>The part of the installation.</summary>
    public required HealthComponent Component { get; init; }

    /// <summary>Which one of them: <c>primary</c>, a route's name, a table.</summary>
    public required string Target { get; init; }

    /// <summary>The finding in one word.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The finding in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>How long the check took, in milliseconds, the wait for shared connections included.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>When it was found, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The figure that was judged, in <see cref="Unit"/>; null where it is unknown or there is none.</summary>
    public double? Value { get; init; }

    /// <summary>The unit of value and threshold: <c>s</c>, <c>min</c>, <c>h</c>, <c>rows</c>, <c>%</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The objective that the value was held against.</summary>
    public double? Threshold { get; init; }

    /// <summary>What was seen, one fact a line, fit for a ticket.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>What to do next; null when healthy.</summary>
    public string? Remedy { get; init; }

    /// <summary>The class of the failure behind an Unknown or Failed verdict.</summary>
    public FailureClass? Cause { get; init; }

    /// <summary>The stable id of the error behind the verdict, where there was one.</summary>
    public string? ErrorId { get; init; }

    /// <summary>True when the cause means that the other side is down: the only causes an automatic switch may act on.</summary>
    public bool IsOutage => Verdict == Verdict.Failed && Cause is { } cause && cause.IsOutage();

    /// <inheritdoc />
    public override string ToString() => $"{Component} {Target}: {Verdict} ({Summary})";
}
