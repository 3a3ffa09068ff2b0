namespace AcodeOps.Alerts;

/// <summary>How a figure is held against a threshold.</summary>
public enum AlertComparison
{
    /// <summary>It is greater.</summary>
    Above,

    /// <summary>It is greater, or the same.</summary>
    AtLeast,

    /// <summary>It is less.</summary>
    Below,

    /// <summary>It is less, or the same.</summary>
    AtMost,

    /// <summary>It is the same.</summary>
    Equal,

    /// <summary>It is another.</summary>
    NotEqual,
}
