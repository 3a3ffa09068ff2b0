namespace AcodeOps;

/// <summary>What a record of the audit trail is about. Stored in the guide's form: <c>failover_executed</c>.</summary>
public enum AuditEventType
{
    /// <summary>An Airbyte connection was made.</summary>
    ConnectionCreated,

    /// <summary>An Airbyte connection was changed, switched on or switched off.</summary>
    ConnectionModified,

    /// <summary>An Airbyte connection was deleted.</summary>
    ConnectionDeleted,

    /// <summary>Writing was switched to another route.</summary>
    FailoverExecuted,

    /// <summary>A credential was replaced.</summary>
    CredentialsRotated,

    /// <summary>Data, or a credential, was read or moved by hand.</summary>
    DataAccess,

    /// <summary>The configuration of a part was changed.</summary>
    ConfigurationChanged,

    /// <summary>A fault was found.</summary>
    IncidentDetected,

    /// <summary>A recovery was rehearsed.</summary>
    DisasterRecoveryDrill,
}
