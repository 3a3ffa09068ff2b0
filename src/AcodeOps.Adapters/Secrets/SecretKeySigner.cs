using System.Security.Cryptography;
using AcodeOps.Audit;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Secrets;

/// <summary>Signs digests with a private key that a secret holds. It is in memory only while it signs.</summary>
internal sealed class SecretKeySigner(CredentialReference reference, ICredentialStore credentials) : IAuditSigner
{
    /// <inheritdoc />
    public async Task<AuditSignature> SignAsync(string hash, CancellationToken cancel)
    {
        using ECDsa key = await OpenAsync(cancel).ConfigureAwait(false);
        byte[] signature = key.SignData(SignatureCheck.DataOf(hash), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new AuditSignature(SignatureCheck.Algorithm, reference.ToString(), Convert.ToBase64String(signature));
    }

    /// <inheritdoc />
    public async Task<string> ReadPublicKeyAsync(CancellationToken cancel)
    {
        using ECDsa key = await OpenAsync(cancel).ConfigureAwait(false);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private async Task<ECDsa> OpenAsync(CancellationToken cancel)
    {
        Credential credential = await credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(credential.Password.Reveal());
            _ = key.ExportParameters(includePrivateParameters: true);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();

            // The cause is left out: it may repeat what it could not read.
            throw new AcodeException("SigningKeyInvalid", FailureClass.InvalidInput, $"{reference} holds no private key of an elliptic curve in PEM form.")
            {
                Advice = "Make one: openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt; and store it under private_key.",
                Subject = reference,
            };
        }
    }
}
