namespace AcodeOps;

/// <summary>What becomes of the sync state of incremental streams when another route takes over.</summary>
public enum StatePolicy
{
    /// <summary>The standby reads on from where the route before it stopped; set back so that nothing is passed over.</summary>
    Carry,

    /// <summary>The standby begins anew: its streams are read whole.</summary>
    Fresh,

    /// <summary>The standby reads on from where it stopped itself the last time.</summary>
    Keep,
}
