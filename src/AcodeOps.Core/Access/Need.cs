namespace AcodeOps.Access;

/// <summary>
/// What a cmdlet needs beyond this machine, each as one thing that somebody may be allowed or not. <see cref="NeedCatalog"/>
/// says which permissions that is.
/// </summary>
public enum Need
{
    /// <summary>Read the sources' tables, and the credentials for that.</summary>
    ReadSources,

    /// <summary>Read the state of replication on the own servers.</summary>
    ReadReplication,

    /// <summary>Log in to Airbyte. What may be done there Airbyte decides.</summary>
    AskAirbyte,

    /// <summary>Read the secrets of the notification channels.</summary>
    NotifyChannels,

    /// <summary>Read the headers that sinks of metrics want.</summary>
    SendMetrics,

    /// <summary>Keep monitors at Datadog, by the keys of its API. What may be done there the application key's scopes decide.</summary>
    KeepMonitors,

    /// <summary>Read every credential that the environment refers to.</summary>
    ReadCredentials,

    /// <summary>Write new versions of credentials. Making a secret that is not there yet is left to who sets the installation up.</summary>
    WriteCredentials,

    /// <summary>Replace the passwords of sources: stage, make current and take back versions of their secrets, as whoever may change accounts.</summary>
    RotateCredentials,

    /// <summary>List every storage, and read what its bucket does by itself: encryption, versions, lock.</summary>
    LookAtStorages,

    /// <summary>Write and read a canary in every storage, and delete it where anything may be deleted.</summary>
    FlyCanary,

    /// <summary>List and read the lakes.</summary>
    ReadLakes,

    /// <summary>Ask the engine that reads the lake, where the environment names one.</summary>
    AskLakeEngine,

    /// <summary>List and read the inventories that S3 writes of the storages.</summary>
    ReadInventories,

    /// <summary>List and read the emergency copies.</summary>
    ReadEmergencyCopy,

    /// <summary>Write copies of the newest rows to the emergency storage, and take them away again.</summary>
    WriteEmergencyCopy,

    /// <summary>Move objects from the primary lake to quarantine, and back.</summary>
    MoveToQuarantine,

    /// <summary>Put the results of tests of the data on record in the quarantine storage: the keys of bad rows, and never the rows.</summary>
    RecordQuality,

    /// <summary>List and read the results of tests of the data that are on record.</summary>
    ReadQuality,

    /// <summary>List and read the audit trail.</summary>
    ReadAudit,

    /// <summary>Find a person's audit records where names are hashed: read the key of the hashes.</summary>
    FindPeople,

    /// <summary>Write audit records, never over others.</summary>
    WriteAudit,

    /// <summary>List and read the journals of runs, and the mark of the last drill.</summary>
    ReadJournals,

    /// <summary>Write journals of runs.</summary>
    WriteJournals,

    /// <summary>List and read the digests of the audit trail, and their copies; read the public key that they are signed for, where KMS has it.</summary>
    VerifyAudit,

    /// <summary>Make the digests of the audit trail: read its records, sign, and write the digest and its copy.</summary>
    AnchorAudit,

    /// <summary>See how far the audit trail is anchored by digests, and that its records are locked.</summary>
    LookAtAudit,

    /// <summary>Hold the lease by which operators exclude each other.</summary>
    HoldLease,

    /// <summary>Read what was applied to Airbyte last, and the backups of its configuration.</summary>
    ReadConfigurations,

    /// <summary>Keep backups of Airbyte's configuration, and the record of what was applied.</summary>
    WriteConfigurations,

    /// <summary>Change how own servers are set, as whoever may do so there.</summary>
    AdministerSources,

    /// <summary>Read the statistics of statements and of indexes on the own servers.</summary>
    ReadStatements,

    /// <summary>List the pods that run Airbyte.</summary>
    ReadPods,

    /// <summary>Read the logs of pods that failed, save them in the quarantine storage, and delete those pods.</summary>
    ClearPods,

    /// <summary>Read what the pods use, as the cluster measures it.</summary>
    MeasurePods,
}
