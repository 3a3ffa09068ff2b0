namespace AcodeOps.Health;

/// <summary>Which of several verdicts counts for the whole.</summary>
internal static class VerdictOrder
{
    /// <summary>From 0 for Healthy to 3 for Failed. Unknown is worse than Degraded: it may be anything.</summary>
    public static int Severity(this Verdict verdict) => verdict switch
    {
        Verdict.Failed => 3,
        Verdict.Unknown => 2,
        Verdict.Degraded => 1,
        _ => 0,
    };
}
