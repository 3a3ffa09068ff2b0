namespace AcodeOps;

/// <summary>What may be done with the storages of a role.</summary>
public static class StorageRoles
{
    /// <summary>
    /// True for the storages that are there for the day when all else is lost: nothing is deleted from them in the course of things,
    /// and no policy that the module writes allows it.
    /// </summary>
    public static bool IsKept(this StorageRole role) => role is StorageRole.Backup or StorageRole.Audit;
}
