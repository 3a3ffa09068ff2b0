namespace AcodeOps;

/// <summary>How the parts of an installation performed within a window of time. What was not measured is Unknown, and nothing is said of it.</summary>
public sealed record PerformanceReport
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The begin of the measurement, UTC. A reading may be of a part of it, or, of pods, of the cluster's own window.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the measurement, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>What was measured, part by part.</summary>
    public required IReadOnlyList<PerformanceSection> Sections { get; init => field = value.ToArray(); }

    /// <summary>What the figures prove to be in need of attention, each with its evidence; empty where they prove nothing.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = value.ToArray(); }

    /// <inheritdoc />
    public override string ToString() =>
        FormattableString.Invariant($"{Environment}: {(To - From).TotalSeconds:0} s from {From:u}, {Findings.Count} findings, {Sections.Sum(s => s.Readings.Count(r => r.Verdict == Verdict.Unknown))} unknown");
}
