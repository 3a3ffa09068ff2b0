namespace AcodeOps.Secrets;

/// <summary>The credentials that an environment refers to, and what may be asked of them.</summary>
public static class CredentialReferences
{
    /// <summary>
    /// The references that hold a user and a password, each once, in the order of the file. Profiles are left out: they
    /// are for AWS itself.
    /// </summary>
    public static IReadOnlyList<CredentialReference> Of(AcodeEnvironment environment) =>
    [
        .. environment.Sources.Select(source => source.Credential)
            .Append(environment.Airbyte.Credential)
            .Append(environment.Aws.Credential)
            .OfType<CredentialReference>()
            .Where(reference => reference.Holder != CredentialHolder.Profile)
            .Distinct(),
    ];

    /// <summary>The reference of a source.</summary>
    /// <exception cref="AcodeException"><c>SourceNotDefined</c>.</exception>
    public static CredentialReference OfSource(AcodeEnvironment environment, SourceRole role) =>
        environment.FindSource(role)?.Credential
        ?? throw new AcodeException("SourceNotDefined", FailureClass.InvalidInput, $"Environment '{environment.Name}' has no {role} source.") { Subject = environment };

    /// <summary>The reference of Airbyte.</summary>
    /// <exception cref="AcodeException"><c>CredentialNotDefined</c>.</exception>
    public static CredentialReference OfAirbyte(AcodeEnvironment environment) =>
        environment.Airbyte.Credential
        ?? throw new AcodeException("CredentialNotDefined", FailureClass.InvalidInput, $"Environment '{environment.Name}' names no credential for Airbyte.") { Subject = environment };

    /// <summary>Reads the written form.</summary>
    /// <exception cref="AcodeException"><c>CredentialReferenceInvalid</c>. The text is not shown: it may be a password.</exception>
    public static CredentialReference Parse(string text) =>
        CredentialReference.TryParse(text)
        ?? throw new AcodeException("CredentialReferenceInvalid", FailureClass.InvalidInput, "That is not a reference to a credential.")
        {
            Advice = "Write secretsmanager:NAME or env:NAME.",
        };

    /// <summary>Lets through what can be written.</summary>
    /// <exception cref="AcodeException"><c>SecretNotWritable</c>.</exception>
    public static void EnsureWritable(CredentialReference reference)
    {
        if (reference.Holder != CredentialHolder.SecretsManager)
        {
            throw new AcodeException("SecretNotWritable", FailureClass.InvalidInput, $"{reference} cannot be written: only secretsmanager: can.")
            {
                Advice = reference.Holder == CredentialHolder.Profile
                    ? "Change the profile with 'aws configure'."
                    : "Change the variable where the process gets its environment from.",
                Subject = reference,
            };
        }
    }
}
