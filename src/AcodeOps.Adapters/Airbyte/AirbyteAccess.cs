using System.Net.Http.Headers;
using System.Text;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Gets us in: nothing, user and password, or a token bought with a client's id and secret.</summary>
internal sealed class AirbyteAccess(AirbyteDefinition definition, ICredentialStore credentials, AirbyteWire wire, TimeProvider clock) : IDisposable
{
    private readonly AirbyteTokens? _tokens = definition.Authentication == AirbyteAuthentication.ClientCredentials
        ? new AirbyteTokens(cancel => ReadCredentialAsync(definition, credentials, cancel), () => Forget(definition, credentials), wire, clock) : null;

    /// <summary>The header that a request needs; null for none.</summary>
    public async Task<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancel)
    {
        switch (definition.Authentication)
        {
            case AirbyteAuthentication.ClientCredentials:
                return new AuthenticationHeaderValue("Bearer", await _tokens!.CurrentAsync(cancel).ConfigureAwait(false));
            case AirbyteAuthentication.Basic:
                Credential credential = await ReadCredentialAsync(definition, credentials, cancel).ConfigureAwait(false);
                byte[] pair = Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password.Reveal()}");
                return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
            default:
                return null;
        }
    }

    /// <summary>What to try once after the server refused <paramref name="refused"/>; null when there is nothing else to try.</summary>
    public async Task<AuthenticationHeaderValue?> AnotherHeaderAsync(AuthenticationHeaderValue? refused, CancellationToken cancel)
    {
        if (_tokens is not null)
        {
            _tokens.Drop(refused?.Parameter);
        }
        else
        {
            Forget(definition, credentials);
        }

        AuthenticationHeaderValue? fresh = await HeaderAsync(cancel).ConfigureAwait(false);
        return Equals(fresh, refused) ? null : fresh;
    }

    public void Dispose() => _tokens?.Dispose();

    private static void Forget(AirbyteDefinition definition, ICredentialStore credentials)
    {
        if (definition.Credential is { } reference)
        {
            credentials.Forget(reference);
        }
    }

    private static async Task<Credential> ReadCredentialAsync(AirbyteDefinition definition, ICredentialStore credentials, CancellationToken cancel)
    {
        if (definition.Credential is not { } reference)
        {
            throw new AcodeException("CredentialUnavailable", FailureClass.InvalidInput, "The environment names no credential for Airbyte.")
            {
                Advice = "Add airbyte.credential to the environment file.",
            };
        }

        try
        {
            return await credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            // That the holder of the secret is down, slow or empty says nothing of Airbyte: only classes that judge nobody stay.
            FailureClass cause = failure.Cause.ReachabilityVerdict() == Verdict.Unknown ? failure.Cause : FailureClass.Unknown;
            throw new AcodeException("CredentialUnavailable", cause, $"The credential for Airbyte cannot be read: {failure.Message}", failure)
            {
                Advice = failure.Advice,
                Subject = reference,
            };
        }
    }
}
