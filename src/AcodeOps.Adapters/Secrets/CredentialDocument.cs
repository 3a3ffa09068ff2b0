using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Secrets;

/// <summary>
/// A credential as a secret holds it: the product's own names, those of the secrets that RDS keeps, those of an Airbyte
/// application, those of AWS keys, and those of notification channels and of sinks of metrics.
/// </summary>
internal static class CredentialDocument
{
    private static readonly string[] UserNames = ["username", "user", "client_id", "clientid", "access_key_id", "aws_access_key_id"];
    private static readonly string[] Passwords =
    [
        "password", "client_secret", "clientsecret", "secret_access_key", "aws_secret_access_key", "webhook_url", "webhookurl", "routing_key", "integration_key", "api_key", "application_key", "app_key", "private_key", "headers",
    ];

    private static readonly string[] Hosts = ["host", "hostname"];
    private static readonly string[] Ports = ["port"];
    private static readonly string[] Databases = ["database", "dbname", "db"];

    /// <summary>Reads a credential; null when there is no password in it, or a port that is none.</summary>
    public static Credential? TryRead(CredentialReference reference, SecretDocument document)
    {
        if (document.Text(Passwords) is not { } password)
        {
            return null;
        }

        int? port = null;
        if (document.Text(Ports) is { } text)
        {
            if (!int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) || number is < 1 or > 65535)
            {
                return null;
            }

            port = number;
        }

        return new Credential
        {
            Reference = reference,
            UserName = document.Text(UserNames),
            Password = new SecretText(password),
            Host = document.Text(Hosts),
            Port = port,
            Database = document.Text(Databases),
        };
    }

    /// <summary>Reads a secret whose whole text is the address of a webhook; null when it is none.</summary>
    public static Credential? TryReadAddress(CredentialReference reference, string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? new Credential { Reference = reference, Password = new SecretText(text.Trim()) }
            : null;

    /// <summary>The document with the credential's values in it; everything else that it holds (engine, replica names) stays.</summary>
    public static string Write(SecretDocument document, Credential credential)
    {
        document.Set(credential.UserName, UserNames);
        document.Set(credential.Password.Reveal(), Passwords);
        document.Set(credential.Host, Hosts);
        document.Set(credential.Port, Ports);
        document.Set(credential.Database, Databases);
        return document.ToJson();
    }
}
