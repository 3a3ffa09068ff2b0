namespace AcodeOps;

/// <summary>What several looks at one part have found together.</summary>
public sealed record PartAssessment
{
    /// <summary>The part.</summary>
    public required RecoveryPart Part { get; init; }

    /// <summary>The verdict of all looks together.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The finding in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>How often it was looked at.</summary>
    public int Probes { get; init; }

    /// <summary>How many of the looks found it failed.</summary>
    public int FailedProbes { get; init; }

    /// <summary>The class of the failure; null without one.</summary>
    public FailureClass? Cause { get; init; }

    /// <summary>The stable id of the failure; null without one.</summary>
    public string? ErrorId { get; init; }

    /// <summary>When it was first seen to fail, UTC; null where it was not.</summary>
    public DateTimeOffset? FailedSince { get; init; }

    /// <summary>What to do about it; null where nothing is wrong.</summary>
    public string? Remedy { get; init; }

    /// <summary>What was seen, one fact a line.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>True when the other side is down: the only finding that an unattended switch may act on.</summary>
    public bool IsOutage => Verdict == Verdict.Failed && Cause is { } cause && cause.IsOutage();

    /// <inheritdoc />
    public override string ToString() => $"{Part}: {Verdict} ({Summary})";
}
