namespace AcodeOps;

/// <summary>What a check found. Unknown is a value of its own and never counts as healthy.</summary>
public enum Verdict
{
    /// <summary>It could not be found out; the cause says why.</summary>
    Unknown,

    /// <summary>Measured, and within its objective.</summary>
    Healthy,

    /// <summary>Works, outside its objective or with redundancy lost.</summary>
    Degraded,

    /// <summary>Does not work.</summary>
    Failed,
}
