namespace AcodeOps;

/// <summary>The parts that a recovery turns on.</summary>
public enum RecoveryPart
{
    /// <summary>The partner's server.</summary>
    PrimarySource,

    /// <summary>The replica.</summary>
    BackupSource,

    /// <summary>The primary bucket.</summary>
    PrimaryStorage,

    /// <summary>The backup bucket.</summary>
    BackupStorage,

    /// <summary>The server that moves the data.</summary>
    Airbyte,
}
