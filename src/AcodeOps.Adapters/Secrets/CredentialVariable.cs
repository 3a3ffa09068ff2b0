using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Secrets;

/// <summary>A credential in a variable of the process environment: a JSON object, or the bare password.</summary>
internal static class CredentialVariable
{
    /// <summary>The credential as it is now.</summary>
    /// <exception cref="AcodeException"><c>SecretNotFound</c>, <c>SecretUnreadable</c>.</exception>
    public static Credential Read(CredentialReference reference)
    {
        string? text = Environment.GetEnvironmentVariable(reference.Name);
        if (string.IsNullOrEmpty(text))
        {
            throw new AcodeException("SecretNotFound", FailureClass.NotFound, $"The variable {reference.Name} of the process environment is not set.")
            {
                Advice = $"Set {reference.Name} to the password, or to a JSON object with username and password.",
                Subject = reference,
            };
        }

        // A bare password may begin with a brace, but then it is no JSON object.
        return SecretDocument.TryParse(text) is { } document
            ? CredentialDocument.TryRead(reference, document) ?? throw SecretFailures.Unreadable(reference)
            : new Credential { Reference = reference, Password = new SecretText(text) };
    }
}
