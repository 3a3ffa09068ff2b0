namespace AcodeOps;

/// <summary>Where a record stands to the act that it tells of: an intent without an outcome is an act that was never finished.</summary>
public enum AuditPhase
{
    /// <summary>It happened; there is no second record.</summary>
    Event,

    /// <summary>It is about to be done.</summary>
    Intent,

    /// <summary>It was done or tried, and this came of it.</summary>
    Outcome,
}
