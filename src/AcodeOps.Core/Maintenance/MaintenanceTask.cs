namespace AcodeOps;

/// <summary>A task of the maintenance.</summary>
public enum MaintenanceTask
{
    /// <summary>How this machine, Airbyte's pods and the sources perform.</summary>
    Performance,

    /// <summary>The data of the last closed day, held against its rules.</summary>
    DataQuality,

    /// <summary>Whether what a recovery would stand on is there: the replica, the backup storage, the last drill, the emergency copy.</summary>
    Backup,

    /// <summary>Old objects, and pods that failed, are cleared.</summary>
    CleanUp,

    /// <summary>What the credentials may do, secrets that lie open, and the audit trail.</summary>
    Security,

    /// <summary>All metrics are measured, and sent to where they go.</summary>
    Metrics,

    /// <summary>The figures and findings are held against those of the weeks before.</summary>
    Trends,
}
