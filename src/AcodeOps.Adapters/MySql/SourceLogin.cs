using System.Net;
using System.Security.Cryptography;
using System.Text;
using AcodeOps.Secrets;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Where and as whom to log in: the definition's word first, the credential's for what it leaves open.</summary>
internal sealed record SourceLogin(SourceDefinition Definition, string Host, int Port, string User, string? Database, SecretText Password)
{
    private const uint PoolSize = 3;
    private const uint ConnectSeconds = 15;

    /// <summary>The longest that one statement may run on the server, in seconds.</summary>
    public const int StatementSeconds = 10;

    /// <exception cref="AcodeException"><c>SourceHostMissing</c>, <c>SourceUserMissing</c>, <c>CertificateAuthorityMissing</c>.</exception>
    public static SourceLogin From(SourceDefinition definition, Credential credential)
    {
        if (definition.CertificateAuthority is { } file && !File.Exists(file))
        {
            throw Invalid("CertificateAuthorityMissing", definition, $"its certificate authority '{file}' is not a file that can be read", "certificateAuthority");
        }

        return new SourceLogin(
            definition,
            definition.Host ?? credential.Host
                ?? throw Invalid("SourceHostMissing", definition, $"neither its definition nor {definition.Credential} tells its host", "host"),
            definition.Port ?? credential.Port ?? 3306,
            definition.User ?? credential.UserName
                ?? throw Invalid("SourceUserMissing", definition, $"neither its definition nor {definition.Credential} tells its user", "user"),
            definition.Database ?? credential.Database,
            credential.Password);
    }

    /// <summary>What messages call it: <c>Primary source db.example:3306</c>.</summary>
    public string Name => $"{Definition.Role} source {Host}:{Port}";

    /// <summary>The connection string. The password is not in it: it is handed over when the server asks.</summary>
    public string ConnectionString => new MySqlConnectionStringBuilder
    {
        Server = Host,
        Port = (uint)Port,
        UserID = User,
        Database = Database ?? "",
        ApplicationName = "AcodeOps",
        SslMode = SslMode,
        SslCa = Definition.CertificateAuthority ?? "",
        // Without TLS the password is encrypted with a key that the server sends: an attacker in between could send
        // its own. On loopback there is nobody in between.
        AllowPublicKeyRetrieval = IsLoopback(Host),
        MaximumPoolSize = PoolSize,
        ConnectionIdleTimeout = 60,
        ConnectionTimeout = ConnectSeconds,
        DefaultCommandTimeout = StatementSeconds + 2,
        AllowZeroDateTime = true,
        // TINYINT(1) holds numbers from -128 to 127.
        TreatTinyAsBoolean = false,
        // Columns of 36 characters are text: performance_schema has empty ones where a server id is not known yet.
        GuidFormat = MySqlGuidFormat.None,
        AllowLoadLocalInfile = false,
        AutoEnlist = false,
    }.ConnectionString;

    /// <summary>True when both log in alike.</summary>
    public bool IsSameAs(SourceLogin other) =>
        ConnectionString == other.ConnectionString && CryptographicOperations.FixedTimeEquals(Bytes(Password), Bytes(other.Password));

    /// <summary>Where it goes and as whom; never the password.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}";

    private MySqlSslMode SslMode => Definition.Tls switch
    {
        TlsRequirement.Automatic => IsLoopback(Host) ? MySqlSslMode.Preferred : MySqlSslMode.VerifyFull,
        TlsRequirement.Verify => MySqlSslMode.VerifyFull,
        TlsRequirement.Required => MySqlSslMode.Required,
        _ => MySqlSslMode.None,
    };

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static byte[] Bytes(SecretText secret) => Encoding.UTF8.GetBytes(secret.Reveal());

    private static AcodeException Invalid(string id, SourceDefinition definition, string why, string key) => new(
        id, FailureClass.InvalidInput, $"{definition.Role} source cannot be connected to: {why}.")
    {
        Advice = $"Set sources.{definition.Role.ToString().ToLowerInvariant()}.{key} in the environment file, or put it into the credential.",
        Subject = definition,
    };
}
