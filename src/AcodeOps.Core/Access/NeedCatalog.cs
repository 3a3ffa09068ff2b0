namespace AcodeOps.Access;

/// <summary>Which permissions each need is. A new need is a line here and one in <see cref="Need"/>.</summary>
public static class NeedCatalog
{
    private static readonly Dictionary<Need, Grant[]> All = new()
    {
        [Need.ReadSources] = [new SecretGrant(SecretSet.Sources, "GetSecretValue"), new SourceGrant(SourcePrivilege.ReadTables)],
        [Need.ReadReplication] = [new SecretGrant(SecretSet.Sources, "GetSecretValue"), new SourceGrant(SourcePrivilege.ReadReplication)],
        [Need.AskAirbyte] = [new SecretGrant(SecretSet.Airbyte, "GetSecretValue")],
        [Need.NotifyChannels] = [new SecretGrant(SecretSet.Channels, "GetSecretValue")],
        [Need.KeepMonitors] = [new SecretGrant(SecretSet.Monitors, "GetSecretValue")],
        [Need.SendMetrics] = [new SecretGrant(SecretSet.Sinks, "GetSecretValue")],
        [Need.ReadCredentials] = [new SecretGrant(SecretSet.Credentials, "GetSecretValue")],
        [Need.WriteCredentials] = [new SecretGrant(SecretSet.Credentials, "GetSecretValue", "PutSecretValue")],
        [Need.RotateCredentials] =
        [
            new SecretGrant(SecretSet.Sources, "GetSecretValue", "PutSecretValue", "DescribeSecret", "UpdateSecretVersionStage", "RotateSecret"),
            new SecretGrant(SecretSet.Administrators, "GetSecretValue"),
        ],
        [Need.LookAtStorages] =
        [
            new StorageGrant(Place.Storages, "ListBucket", "GetBucketVersioning", "GetEncryptionConfiguration", "GetBucketObjectLockConfiguration"),
        ],
        [Need.FlyCanary] = [new StorageGrant(Place.Canaries, "PutObject", "GetObject"), new StorageGrant(Place.PassingCanaries, "DeleteObject")],
        [Need.ReadLakes] = [new StorageGrant(Place.Lakes, "ListBucket", "GetObject")],
        [Need.AskLakeEngine] = [new SecretGrant(SecretSet.LakeEngine, "GetSecretValue"), new AthenaGrant { When = environment => environment.Lake.Engine == LakeEngine.Athena }],
        [Need.ReadInventories] = [new StorageGrant(Place.Inventories, "ListBucket", "GetObject")],
        [Need.ReadEmergencyCopy] = [new StorageGrant(Place.Emergency, "ListBucket", "GetObject")],
        [Need.WriteEmergencyCopy] = [new StorageGrant(Place.EmergencyCopies, "ListBucket", "GetObject", "PutObject", "DeleteObject")],
        [Need.MoveToQuarantine] =
        [
            new StorageGrant(Place.PrimaryLake, "ListBucket", "GetObject", "PutObject", "DeleteObject"),
            new StorageGrant(Place.Quarantine, "ListBucket", "GetObject", "PutObject", "DeleteObject"),
        ],
        [Need.RecordQuality] = [new StorageGrant(Place.QualityRecords, "PutObject")],
        [Need.ReadQuality] = [new StorageGrant(Place.QualityRecords, "ListBucket", "GetObject")],
        [Need.ReadAudit] = [new StorageGrant(Place.AuditTrail, "ListBucket", "GetObject")],
        [Need.FindPeople] = [new SecretGrant(SecretSet.Pseudonyms, "GetSecretValue")],
        [Need.WriteAudit] =
        [
            new StorageGrant(Place.AuditTrail, "GetObject", "PutObject"),
            new StorageGrant(Place.AuditTrail, "PutObjectRetention") { When = IsLocked },
            new SecretGrant(SecretSet.Pseudonyms, "GetSecretValue"),
        ],
        [Need.VerifyAudit] =
        [
            new StorageGrant(Place.Digests, "ListBucket", "GetObject"),
            new StorageGrant(Place.DigestCopies, "ListBucket", "GetObject"),
            new SigningGrant("GetPublicKey"),
        ],
        [Need.AnchorAudit] =
        [
            new StorageGrant(Place.AuditTrail, "ListBucket", "GetObject"),
            new StorageGrant(Place.Digests, "ListBucket", "GetObject", "PutObject"),
            new StorageGrant(Place.Digests, "PutObjectRetention") { When = IsLocked },
            new StorageGrant(Place.DigestCopies, "ListBucket", "PutObject"),
            new SecretGrant(SecretSet.Signing, "GetSecretValue"),
            new SigningGrant("Sign"),
        ],
        [Need.LookAtAudit] =
        [
            new StorageGrant(Place.AuditTrail, "ListBucket"),
            new StorageGrant(Place.AuditTrail, "GetObjectRetention") { When = IsLocked },
            new StorageGrant(Place.Digests, "ListBucket"),
        ],
        [Need.ReadJournals] = [new StorageGrant(Place.Journals, "ListBucket", "GetObject")],
        [Need.WriteJournals] = [new StorageGrant(Place.Journals, "ListBucket", "GetObject", "PutObject")],
        [Need.HoldLease] =
        [
            new StorageGrant(Place.Lease, "ListBucket", "GetObject", "PutObject"),
            new StorageGrant(Place.LeaseProbe, "DeleteObject"),
        ],
        [Need.ReadConfigurations] = [new StorageGrant(Place.Configurations, "ListBucket", "GetObject")],
        [Need.WriteConfigurations] = [new StorageGrant(Place.Configurations, "ListBucket", "GetObject", "PutObject")],
        [Need.AdministerSources] = [new SecretGrant(SecretSet.Administrators, "GetSecretValue")],
        [Need.ReadStatements] = [new SecretGrant(SecretSet.Sources, "GetSecretValue"), new SourceGrant(SourcePrivilege.ReadStatements)],
        [Need.ReadPods] = [new ClusterGrant("pods", "list")],
        [Need.ClearPods] =
        [
            new ClusterGrant("pods", "list", "delete") { When = ClearsPods }, new ClusterGrant("pods/log", "get") { When = ClearsPods },
            new StorageGrant(Place.PodLogs, "PutObject") { When = ClearsPods },
        ],
        [Need.MeasurePods] = [new ClusterGrant("pods", "list") { Group = "metrics.k8s.io" }],
    };

    /// <summary>The permissions of a need.</summary>
    public static IReadOnlyList<Grant> Of(Need need) => All[need];

    /// <summary>The permissions of needs in an environment, by kind.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<Need> needs, AcodeEnvironment environment) where T : Grant =>
        needs.Distinct().SelectMany(Of).OfType<T>().Where(grant => grant.When is null || grant.When(environment));

    private static bool ClearsPods(AcodeEnvironment environment) => environment.Maintenance.FailedPodHours is not null;

    private static bool IsLocked(AcodeEnvironment environment) => environment.Audit.Lock != AuditLock.None;
}
