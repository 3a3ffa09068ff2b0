namespace AcodeOps.Alerts;

/// <summary>How several figures become one.</summary>
public enum AlertAggregate
{
    /// <summary>Their average.</summary>
    Average,

    /// <summary>The lowest.</summary>
    Minimum,

    /// <summary>The highest.</summary>
    Maximum,

    /// <summary>Their sum.</summary>
    Sum,
}
