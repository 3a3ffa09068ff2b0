namespace AcodeOps.Secrets;

/// <summary>A credential with the coordinates that are kept beside it.</summary>
public sealed record Credential
{
    /// <summary>Where it came from.</summary>
    public required CredentialReference Reference { get; init; }

    /// <summary>The user, the client id, or the access key id.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, the client secret, or the secret access key.</summary>
    public required SecretText Password { get; init; }

    /// <summary>The host, where the secret names one.</summary>
    public string? Host { get; init; }

    /// <summary>The port, where the secret names one.</summary>
    public int? Port { get; init; }

    /// <summary>The database, where the secret names one.</summary>
    public string? Database { get; init; }

    /// <summary>The version at its holder; null where the holder has no versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>When the version was made, UTC; null where the holder does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The same login, at the place that another credential names where this one names none.</summary>
    public Credential At(Credential place) => this with { Host = Host ?? place.Host, Port = Port ?? place.Port };

    /// <summary>User and host; never the password.</summary>
    public override string ToString() => $"{UserName}@{Host} ({Reference})";
}
