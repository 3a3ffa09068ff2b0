namespace AcodeOps;

/// <summary>The names of what a recovery may do. A switch bears the usual name of its route (<see cref="RouteDefinition.NameOf"/>).</summary>
public static class RecoveryStrategy
{
    /// <summary>The active route can be used: nothing is switched.</summary>
    public const string None = "none";

    /// <summary>To the primary source and the primary storage: back to them, or because no route is active.</summary>
    public const string Primary = "primary";

    /// <summary>To the replica, into the primary storage.</summary>
    public const string BackupMySql = "backup_mysql";

    /// <summary>From the primary source into the backup storage.</summary>
    public const string BackupS3 = "backup_s3";

    /// <summary>To the replica, into the backup storage.</summary>
    public const string BackupMySqlAndS3 = "backup_mysql+backup_s3";

    /// <summary>Corrupted data of the lake goes to quarantine, and the same route loads it anew. Never decided by looks: an operator says what is corrupted.</summary>
    public const string CorruptedData = "corrupted_data";

    /// <summary>Airbyte is down: no switch helps before it is back.</summary>
    public const string AirbyteDown = "airbyte_down";

    /// <summary>Too little is known to decide: looked at again, or decided by an operator. Nothing is switched.</summary>
    public const string Unknown = "unknown";

    /// <summary>No source, or no storage, is left: a state for people to end, never a success.</summary>
    public const string FullDisasterRecovery = "full_dr";
}
