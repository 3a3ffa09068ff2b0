namespace AcodeOps.Access;

/// <summary>A folder in one or several storages.</summary>
/// <param name="Name">What it is called in policies and documents: letters only.</param>
/// <param name="Folder">What its keys start with below the storage's prefix; empty for the whole storage.</param>
/// <param name="Find">Its storages in an environment.</param>
public sealed record Place(string Name, string Folder, Func<AcodeEnvironment, IEnumerable<StorageDefinition>> Find)
{
    private static readonly StorageRole[] Roles = Enum.GetValues<StorageRole>();

    internal static Place Storages { get; } = new("Storages", "", Of(Roles));

    internal static Place Lakes { get; } = new("Lakes", "", Of(StorageRole.Primary, StorageRole.Backup));

    internal static Place PrimaryLake { get; } = new("PrimaryLake", "", Of(StorageRole.Primary));

    internal static Place Inventories { get; } = new("Inventories", "", environment => environment.Storages.Select(storage => storage.InventoryStorage).OfType<StorageDefinition>());

    internal static Place Quarantine { get; } = new("Quarantine", "", Of(StorageRole.Quarantine));

    internal static Place QualityRecords { get; } = new("QualityRecords", "acode_quality/", Of(StorageRole.Quarantine));

    internal static Place PodLogs { get; } = new("PodLogs", "acode_pod_logs/", Of(StorageRole.Quarantine));

    internal static Place Emergency { get; } = new("Emergency", "", Of(StorageRole.Emergency));

    internal static Place EmergencyCopies { get; } = new("Copies", "acode_export/", Of(StorageRole.Emergency));

    internal static Place Canaries { get; } = new("Canary", "acode_canary/", Of(Roles));

    internal static Place PassingCanaries { get; } = new("PassingCanary", "acode_canary/", Of([.. Roles.Where(role => !role.IsKept())]));

    internal static Place AuditTrail { get; } = new("Audit", "acode_audit/", Of(StorageRole.Audit));

    internal static Place Digests { get; } = new("Digests", "acode_audit_digests/", Of(StorageRole.Audit));

    internal static Place DigestCopies { get; } = new("DigestCopies", "acode_audit_digests/", Of(StorageRole.Backup));

    internal static Place Journals { get; } = new("Journals", "acode_runbooks/", Of(StorageRole.Audit));

    internal static Place Configurations { get; } = new("Configurations", "acode_configuration/", Of(StorageRole.Audit));

    internal static Place Lease { get; } = new("Lease", "acode_lease", LeaseStorage);

    // What a lease's storage is tried with; where nothing may be deleted, the few bytes stay.
    internal static Place LeaseProbe { get; } = new("LeaseProbe", "acode_lease_probe/", environment => LeaseStorage(environment).Where(storage => !storage.Role.IsKept()));

    private static IEnumerable<StorageDefinition> LeaseStorage(AcodeEnvironment environment) =>
        environment.Storages.Where(storage => storage.Role == environment.Failover.LeaseStorage);

    private static Func<AcodeEnvironment, IEnumerable<StorageDefinition>> Of(params StorageRole[] roles) =>
        environment => environment.Storages.Where(storage => roles.Contains(storage.Role));
}
