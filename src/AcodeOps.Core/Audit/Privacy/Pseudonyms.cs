using AcodeOps.Secrets;

namespace AcodeOps.Audit;

/// <summary>
/// Keyed hashes in the place of identifiers, under the secret that the environment names. Who has the key finds a person's records again; without it no guess can be tested, and once it is destroyed, nobody is named any more.
/// </summary>
public sealed class Pseudonyms
{
    private const string Scheme = "hmac:";
    private readonly KeyedHash _hash;

    /// <summary>Those of a key.</summary>
    public Pseudonyms(SecretText secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _hash = new(secret, "acode audit identifiers");
    }

    /// <summary>Names of users, and what stands in the place of them in the records of an installation.</summary>
    /// <exception cref="AcodeException">The key cannot be read.</exception>
    public static async Task<IReadOnlySet<string>> NamesOfAsync(IReadOnlyCollection<string> users, IInstallation installation, CancellationToken cancel)
    {
        if (installation.Environment.Audit.IdentifierKey is not { } reference)
        {
            return users.ToHashSet(StringComparer.Ordinal);
        }

        Pseudonyms pseudonyms = new((await installation.Credentials.ReadAsync(reference, cancel).ConfigureAwait(false)).Password);
        return users.Concat(users.Select(pseudonyms.Of)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What stands in the place of a text: <c>hmac:KEY:HASH</c>, the same for the same text. The key's id tells nothing of it.</summary>
    public string Of(string text) => $"{Scheme}{_hash.KeyId}:{_hash.Of(text)}";
}
