using AcodeOps.Secrets;

namespace AcodeOps.Configuration.Applied;

/// <summary>
/// Tells whether a secret is the one that was applied, without keeping it: by a keyed hash under the secret by which Airbyte lets
/// us in. Who reads the record alone can test no guess. When that
/// secret is changed, earlier fingerprints say nothing any more, and say so.
/// </summary>
internal sealed class Fingerprints
{
    private readonly KeyedHash _hash;

    private Fingerprints(SecretText secret) => _hash = new(secret, "acode configuration fingerprint");

    /// <summary>Which key it is; tells nothing of it.</summary>
    public string KeyId => _hash.KeyId;

    /// <summary>Those of an environment; null where Airbyte lets everybody in.</summary>
    /// <exception cref="AcodeException">The credential could not be read.</exception>
    public static async Task<Fingerprints?> OfAsync(AirbyteDefinition airbyte, ICredentialStore credentials, CancellationToken cancel)
    {
        if (airbyte.Credential is not { } reference)
        {
            return null;
        }

        Credential credential = await credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        return new Fingerprints(credential.Password);
    }

    /// <summary>The fingerprint of a secret.</summary>
    public string Of(SecretText secret) => _hash.Of(secret.Reveal());
}
