namespace AcodeOps.Lab.Servers.Storage;

/// <summary>The buckets of the installation.</summary>
public static class StorageBuckets
{
    public const string Region = "us-east-2";

    public const string Primary = "farmarcas-production-bronze";

    public const string Backup = "farmarcas-backup-acode";

    public const string Emergency = "farmarcas-emergency-backup";

    public const string Quarantine = "farmarcas-quarantine";

    /// <summary>The only one with Object Lock.</summary>
    public const string Audit = "farmarcas-audit-logs";

    public const string Archive = "farmarcas-archive";

    public static IReadOnlyList<string> All { get; } = [Primary, Backup, Emergency, Quarantine, Audit, Archive];
}
