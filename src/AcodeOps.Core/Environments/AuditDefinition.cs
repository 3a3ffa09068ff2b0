namespace AcodeOps;

/// <summary>Whether audit records are locked against deletion.</summary>
public enum AuditLock
{
    /// <summary>Not locked.</summary>
    None,

    /// <summary>Locked; a privileged account can lift it. For rehearsals.</summary>
    Governance,

    /// <summary>Locked; nobody can lift or shorten it. For production.</summary>
    Compliance,
}

/// <summary>How the audit trail is kept.</summary>
public sealed record AuditDefinition
{
    /// <summary>How long records are kept, in days.</summary>
    public int RetentionDays { get; init; } = 2555;

    /// <summary>Why that long: the company's own words, written into every record.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Whether records are locked, where the bucket allows it.</summary>
    public AuditLock Lock { get; init; }

    /// <summary>The folder where records wait for the storage; null for the user's own data folder.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>The key that signs the digests: <c>kms:…</c>, or a secret that holds a private key in PEM form. Null: they are not signed.</summary>
    public CredentialReference? SigningKey { get; init; }

    /// <summary>The secret under which names of people are hashed; null: the caller's name is recorded in clear.</summary>
    public CredentialReference? IdentifierKey { get; init; }

    /// <summary>Names of facts that may be recorded in clear when a person hands them in, besides those that every installation has.</summary>
    public IReadOnlyList<string> AllowedDetails { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"{RetentionDays} days, lock {Lock}";
}
