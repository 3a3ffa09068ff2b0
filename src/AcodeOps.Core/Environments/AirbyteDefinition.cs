namespace AcodeOps;

/// <summary>How Airbyte lets us in.</summary>
public enum AirbyteAuthentication
{
    /// <summary>Everybody is let in.</summary>
    None,

    /// <summary>An application's client id and secret, traded for a token.</summary>
    ClientCredentials,

    /// <summary>User and password, for old servers and reverse proxies.</summary>
    Basic,
}

/// <summary>The Airbyte server.</summary>
public sealed record AirbyteDefinition
{
    /// <summary>Its address: <c>http://airbyte-server:8001</c>. The paths of its APIs are added to it.</summary>
    public required Uri Url { get; init; }

    /// <summary>The workspace; null for all that we can see.</summary>
    public Guid? Workspace { get; init; }

    /// <summary>How it lets us in.</summary>
    public AirbyteAuthentication Authentication { get; init; }

    /// <summary>The credential; null only where none is needed.</summary>
    public CredentialReference? Credential { get; init; }

    /// <inheritdoc />
    public override string ToString() => Url.ToString();
}
