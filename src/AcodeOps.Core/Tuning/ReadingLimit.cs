namespace AcodeOps.Tuning;

/// <summary>The limit of a reading, and what is said when it is crossed.</summary>
/// <param name="Rule">The stable id of the finding.</param>
/// <param name="Threshold">The limit, in the reading's unit.</param>
/// <param name="Message">What is wrong, in one sentence; <c>{0}</c> is who it is about.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record ReadingLimit(string Rule, double Threshold, string Message, string Remedy)
{
    /// <summary>True where less is worse.</summary>
    public bool IsFloor { get; init; }

    /// <summary>What it is when the limit is crossed.</summary>
    public Verdict Beyond { get; init; } = Verdict.Degraded;

    /// <summary>True when the value is at or beyond the limit.</summary>
    public bool IsCrossedBy(double value) => IsFloor ? value < Threshold : value >= Threshold;
}
