using System.Security.Cryptography;
using System.Text;
using AcodeOps.Secrets;

namespace AcodeOps.Configuration.Applied;

/// <summary>
/// Tells whether a secret is the one that was applied, without keeping it: HMAC-SHA256 (RFC 2104) under a key that is derived
/// (HKDF, RFC 5869) from the secret by which Airbyte lets us in. Who reads the record alone can test no guess. When that
/// secret is changed, earlier fingerprints say nothing any more, and say so.
/// </summary>
internal sealed class Fingerprints
{
    private const int Bytes = 16;
    private readonly byte[] _key;

    private Fingerprints(byte[] key)
    {
        _key = key;
        KeyId = Convert.ToHexString(HMACSHA256.HashData(key, "key"u8))[..8].ToLowerInvariant();
    }

    /// <summary>Which key it is; tells nothing of it.</summary>
    public string KeyId { get; }

    /// <summary>Those of an environment; null where Airbyte lets everybody in.</summary>
    /// <exception cref="AcodeException">The credential could not be read.</exception>
    public static async Task<Fingerprints?> OfAsync(AirbyteDefinition airbyte, ICredentialStore credentials, CancellationToken cancel)
    {
        if (airbyte.Credential is not { } reference)
        {
            return null;
        }

        Credential credential = await credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        return new Fingerprints(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(credential.Password.Reveal()), 32, info: "acode configuration fingerprint"u8.ToArray()));
    }

    /// <summary>The fingerprint of a secret.</summary>
    public string Of(SecretText secret) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(secret.Reveal())))[..(2 * Bytes)].ToLowerInvariant();
}
