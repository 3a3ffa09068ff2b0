namespace AcodeOps;

/// <summary>Which parts a route needs.</summary>
public static class RecoveryParts
{
    /// <summary>True for the source that a route reads, and for the storage that it writes.</summary>
    public static bool IsOf(this RecoveryPart part, SourceRole source, StorageRole storage) => part switch
    {
        RecoveryPart.PrimarySource => source == SourceRole.Primary,
        RecoveryPart.BackupSource => source == SourceRole.Backup,
        RecoveryPart.PrimaryStorage => storage == StorageRole.Primary,
        RecoveryPart.BackupStorage => storage == StorageRole.Backup,
        _ => false,
    };
}
