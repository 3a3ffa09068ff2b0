namespace AcodeOps;

/// <summary>How much a notification matters, from least to most.</summary>
public enum NotificationSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Works, with redundancy lost or outside its objective.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Error,

    /// <summary>Ingestion is down and no machine can mend it: somebody has to get up.</summary>
    Critical,
}
