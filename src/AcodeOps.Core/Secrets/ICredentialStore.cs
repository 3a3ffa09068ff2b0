namespace AcodeOps.Secrets;

/// <summary>Reads and writes the credentials that an environment refers to. Every failure is an <see cref="AcodeException"/>.</summary>
public interface ICredentialStore
{
    /// <summary>
    /// The current credential behind a reference. Kept by version: asking again costs nothing until
    /// <see cref="Forget"/>, which a server's refusal (MySQL error 1045, Airbyte 401) calls for once.
    /// </summary>
    /// <exception cref="AcodeException"><c>SecretNotFound</c>, <c>SecretUnreadable</c>, <c>SecretAccessDenied</c>, <c>SecretsUnavailable</c>, …</exception>
    Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel);

    /// <summary>Asks the holder even where the credential is kept. When that fails, what is kept stays.</summary>
    /// <exception cref="AcodeException">As <see cref="ReadAsync"/>.</exception>
    Task<Credential> RefreshAsync(CredentialReference reference, CancellationToken cancel)
    {
        Forget(reference);
        return ReadAsync(reference, cancel);
    }

    /// <summary>Drops what is kept of a reference, so that the next read asks its holder.</summary>
    void Forget(CredentialReference reference);

    /// <summary>Writes a new current version, or makes the secret where there is none. Only Secrets Manager can be written.</summary>
    /// <returns>The version that is current now.</returns>
    Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel);
}
