namespace AcodeOps;

/// <summary>Where a credential is kept.</summary>
public enum CredentialHolder
{
    /// <summary>A secret in AWS Secrets Manager: <c>secretsmanager:acode/mysql/primary</c>.</summary>
    SecretsManager,

    /// <summary>A variable of the process environment: <c>env:ACODE_PASS</c>.</summary>
    EnvironmentVariable,

    /// <summary>A profile of the AWS configuration files: <c>profile:farmarcas</c>. For AWS itself only.</summary>
    Profile,

    /// <summary>A key of AWS KMS, by its id, alias or ARN: <c>kms:alias/acode-audit</c>. It never leaves KMS; for signing only.</summary>
    Kms,
}

/// <summary>The name of a credential and of its holder; never the credential.</summary>
/// <param name="Holder">Who keeps it.</param>
/// <param name="Name">Its name there.</param>
public sealed record CredentialReference(CredentialHolder Holder, string Name)
{
    private static readonly (string Scheme, CredentialHolder Holder)[] Schemes =
    [
        ("secretsmanager:", CredentialHolder.SecretsManager),
        ("env:", CredentialHolder.EnvironmentVariable),
        ("profile:", CredentialHolder.Profile),
        ("kms:", CredentialHolder.Kms),
    ];

    /// <summary>Reads the written form; null when the text is no reference.</summary>
    public static CredentialReference? TryParse(string text)
    {
        foreach ((string scheme, CredentialHolder holder) in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.Ordinal) && text.Length > scheme.Length)
            {
                return new CredentialReference(holder, text[scheme.Length..]);
            }
        }

        return null;
    }

    /// <summary>The written form.</summary>
    public override string ToString() => Schemes.First(s => s.Holder == Holder).Scheme + Name;
}
