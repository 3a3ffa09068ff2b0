namespace AcodeOps;

/// <summary>Whether a connection to MySQL is encrypted.</summary>
public enum TlsRequirement
{
    /// <summary>Encrypted and verified unless the host is loopback.</summary>
    Automatic,

    /// <summary>Encrypted, and the server's certificate and name are verified.</summary>
    Verify,

    /// <summary>Encrypted, certificate not verified.</summary>
    Required,

    /// <summary>Not encrypted.</summary>
    Off,
}

/// <summary>A MySQL server that can feed the lake.</summary>
public sealed record SourceDefinition
{
    /// <summary>What it is to the installation.</summary>
    public required SourceRole Role { get; init; }

    /// <summary>Its host; null where the credential tells it.</summary>
    public string? Host { get; init; }

    /// <summary>Its port; null where the credential tells it, else 3306.</summary>
    public int? Port { get; init; }

    /// <summary>Its database; null where the credential tells it.</summary>
    public string? Database { get; init; }

    /// <summary>The user; null where the credential tells it.</summary>
    public string? User { get; init; }

    /// <summary>The credential.</summary>
    public required CredentialReference Credential { get; init; }

    /// <summary>The login that may change the server's accounts, for a rotation of the password; null where the account changes itself, or nobody does.</summary>
    public CredentialReference? Administrator { get; init; }

    /// <summary>Encryption.</summary>
    public TlsRequirement Tls { get; init; }

    /// <summary>A file with the certificate authority to trust, or null for the system's.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>True when the server belongs to somebody else: AcodeOps then only ever reads it.</summary>
    public bool IsPartners { get; init; }

    /// <inheritdoc />
    public override string ToString() => Host is null ? $"{Role} source" : $"{Role} source {Host}:{Port ?? 3306}";
}
