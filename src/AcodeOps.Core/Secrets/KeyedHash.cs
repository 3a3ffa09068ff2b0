using System.Security.Cryptography;
using System.Text;

namespace AcodeOps.Secrets;

/// <summary>
/// Hashes that tell whether two texts are the same without telling the text: HMAC-SHA256 (RFC 2104) under a key that is derived (HKDF,
/// RFC 5869) from a secret. Without the secret no guess can be tested.
/// </summary>
internal sealed class KeyedHash
{
    private const int Bytes = 16;
    private const int KeyIdBytes = 4;
    private readonly byte[] _key;

    /// <summary>The hash under a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="purpose">What the hashes are for: those of one purpose say nothing of those of another.</param>
    public KeyedHash(SecretText secret, string purpose)
    {
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()), 32, info: Encoding.UTF8.GetBytes(purpose));
        KeyId = Hex("key", KeyIdBytes);
    }

    /// <summary>Which key it is; tells nothing of it.</summary>
    public string KeyId { get; }

    /// <summary>The hash of a text, in hexadecimal digits.</summary>
    public string Of(string text) => Hex(text, Bytes);

    private string Hex(string text, int bytes) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)), 0, bytes).ToLowerInvariant();
}
