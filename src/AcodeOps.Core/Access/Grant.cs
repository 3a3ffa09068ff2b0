namespace AcodeOps.Access;

/// <summary>Permissions of one kind of counterpart.</summary>
public abstract record Grant
{
    /// <summary>Whether an environment needs it; null for every one.</summary>
    public Func<AcodeEnvironment, bool>? When { get; init; }
}

/// <summary>Actions on a place in S3.</summary>
/// <param name="Place">Where.</param>
/// <param name="Actions">As IAM names them, without <c>s3:</c>.</param>
public sealed record StorageGrant(Place Place, params string[] Actions) : Grant;

/// <summary>Which secrets are meant.</summary>
public enum SecretSet
{
    /// <summary>Those of the sources.</summary>
    Sources,

    /// <summary>Airbyte's.</summary>
    Airbyte,

    /// <summary>Those of the notification channels.</summary>
    Channels,

    /// <summary>The headers that sinks of metrics want.</summary>
    Sinks,

    /// <summary>The keys of Datadog's API.</summary>
    Monitors,

    /// <summary>The one by which the lake's engine is asked.</summary>
    LakeEngine,

    /// <summary>Those of whoever may change accounts on the sources.</summary>
    Administrators,

    /// <summary>The one under which names of people are hashed.</summary>
    Pseudonyms,

    /// <summary>The one that holds the private key for the audit trail's digests.</summary>
    Signing,

    /// <summary>Those of sources and Airbyte: what holds a user and a password.</summary>
    Credentials,
}

/// <summary>Actions on secrets.</summary>
/// <param name="Secrets">Which.</param>
/// <param name="Actions">As IAM names them, without <c>secretsmanager:</c>.</param>
public sealed record SecretGrant(SecretSet Secrets, params string[] Actions) : Grant;

/// <summary>Actions on the key of KMS that signs the audit trail's digests; nothing where none does.</summary>
/// <param name="Actions">As IAM names them, without <c>kms:</c>.</param>
public sealed record SigningGrant(params string[] Actions) : Grant;

/// <summary>What asking Athena takes: in its workgroup, in the catalog, and where its answers go. Nothing where Athena is not the lake's engine.</summary>
public sealed record AthenaGrant : Grant;

/// <summary>Verbs on a resource in the namespace of Airbyte.</summary>
/// <param name="Resource">As Kubernetes names it.</param>
/// <param name="Verbs">The verbs.</param>
public sealed record ClusterGrant(string Resource, params string[] Verbs) : Grant
{
    /// <summary>The API group of the resource; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}

/// <summary>What is needed on the sources' servers.</summary>
/// <param name="Privilege">What.</param>
public sealed record SourceGrant(SourcePrivilege Privilege) : Grant;

/// <summary>What an account of ours may need on a source.</summary>
public enum SourcePrivilege
{
    /// <summary>SELECT on the database.</summary>
    ReadTables,

    /// <summary>Reading the state of replication; not on a partner's server.</summary>
    ReadReplication,

    /// <summary>Reading the statistics of statements and of indexes; not on a partner's server.</summary>
    ReadStatements,
}
