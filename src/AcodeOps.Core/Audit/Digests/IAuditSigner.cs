namespace AcodeOps.Audit;

/// <summary>Signs digests with the key that the environment names.</summary>
public interface IAuditSigner
{
    /// <summary>Signs a digest's hash.</summary>
    /// <param name="hash">The hash as text, as the digest writes it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The key cannot be had, or is no key that signs.</exception>
    Task<AuditSignature> SignAsync(string hash, CancellationToken cancel);

    /// <summary>The public key, as PEM: whoever has it can verify without the private one.</summary>
    /// <exception cref="AcodeException">As <see cref="SignAsync"/>.</exception>
    Task<string> ReadPublicKeyAsync(CancellationToken cancel);
}
