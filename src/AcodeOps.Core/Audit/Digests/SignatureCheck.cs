using System.Security.Cryptography;
using System.Text;

namespace AcodeOps.Audit;

/// <summary>Verifies the signatures of digests with a public key alone.</summary>
public sealed class SignatureCheck : IDisposable
{
    /// <summary>The one algorithm: ECDSA with SHA-256 (FIPS 186-5), as AWS KMS names it. Signatures are DER.</summary>
    public const string Algorithm = "ECDSA_SHA_256";

    private readonly ECDsa _key;

    private SignatureCheck(ECDsa key) => _key = key;

    /// <summary>A check with a public key.</summary>
    /// <param name="pem">The key as PEM (SubjectPublicKeyInfo).</param>
    /// <exception cref="AcodeException"><c>PublicKeyInvalid</c>.</exception>
    public static SignatureCheck Of(string pem)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new SignatureCheck(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new AcodeException("PublicKeyInvalid", FailureClass.InvalidInput, "That is no public key of an elliptic curve in PEM form.", e)
            {
                Advice = "Give the file that begins with -----BEGIN PUBLIC KEY-----.",
            };
        }
    }

    /// <summary>What is signed of a digest: its hash, as text.</summary>
    public static byte[] DataOf(string hash) => Encoding.UTF8.GetBytes(hash);

    /// <summary>True when the signature is that of the hash by this key.</summary>
    public bool IsValid(string hash, AuditSignature signature) =>
        signature.Algorithm == Algorithm
        && TryDecode(signature.Value) is { } value
        && _key.VerifyData(DataOf(hash), value, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    private static byte[]? TryDecode(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int count) ? bytes[..count] : null;
    }
}
