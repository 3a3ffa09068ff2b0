namespace AcodeOps;

/// <summary>What a bucket and prefix is to the installation.</summary>
public enum StorageRole
{
    /// <summary>The lake.</summary>
    Primary,

    /// <summary>The second lake, for when the first cannot be written.</summary>
    Backup,

    /// <summary>The emergency copy.</summary>
    Emergency,

    /// <summary>Where doubtful objects are moved to.</summary>
    Quarantine,

    /// <summary>The audit trail, journals and the lease.</summary>
    Audit,
}
