namespace AcodeOps;

/// <summary>What becomes of a sync that runs on the old route.</summary>
public enum RunningSyncPolicy
{
    /// <summary>It is cancelled, and proven to have ended.</summary>
    Cancel,

    /// <summary>It is waited for.</summary>
    Wait,
}
