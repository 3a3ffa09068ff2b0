namespace AcodeOps.Runbooks;

/// <summary>How a run is to go.</summary>
public sealed record RunOptions
{
    /// <summary>Return once everything is done, without waiting for the proof.</summary>
    public bool NoWait { get; init; }

    /// <summary>Go on without mutual exclusion: a named consent, put on record.</summary>
    public bool WithoutLease { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; init; }
}
