namespace AcodeOps;

/// <summary>What a rule says at one moment, from the best to the worst.</summary>
public enum AlertState
{
    /// <summary>It does not fire, and knows why.</summary>
    Ok,

    /// <summary>There is nothing to judge by: neither well nor ill.</summary>
    Unknown,

    /// <summary>It fires.</summary>
    Firing,
}
