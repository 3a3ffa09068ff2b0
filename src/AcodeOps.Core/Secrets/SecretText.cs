using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace AcodeOps.Secrets;

/// <summary>
/// A secret that cannot be shown by accident: every way to print it prints a mask. While it is kept it is encrypted (AES, under a key of
/// this process), so that no copy of it lies in the memory for longer than a call needs; .NET's own text cannot be wiped.
/// The value leaves by <see cref="Reveal"/> only, at the moment of use.
/// </summary>
[DebuggerDisplay("***")]
public sealed class SecretText
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _iv = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] _sealed;

    /// <summary>Takes a secret in.</summary>
    public SecretText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        byte[] plain = Encoding.UTF8.GetBytes(value);
        using Aes cipher = Cipher();
        _sealed = cipher.EncryptCbc(plain, _iv);
        CryptographicOperations.ZeroMemory(plain);
    }

    /// <summary>The secret itself, for the call that needs it.</summary>
    public string Reveal()
    {
        using Aes cipher = Cipher();
        byte[] plain = cipher.DecryptCbc(_sealed, _iv);
        string value = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return value;
    }

    /// <summary>A mask.</summary>
    public override string ToString() => "***";

    private static Aes Cipher()
    {
        Aes cipher = Aes.Create();
        cipher.Key = Key;
        return cipher;
    }
}
