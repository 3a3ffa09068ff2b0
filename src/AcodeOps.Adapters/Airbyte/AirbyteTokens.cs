using System.Text.Json;
using AcodeOps.Documents;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>
/// Keeps one token for all callers and renews it early. Whoever comes while it is being renewed waits for the same
/// renewal, which runs under its own time limit: a caller that gives up does not take the others with it.
/// </summary>
internal sealed class AirbyteTokens(
    Func<CancellationToken, Task<Credential>> readCredential, Action forgetCredential, AirbyteWire wire, TimeProvider clock) : IDisposable
{
    private const string Path = "/api/public/v1/applications/token";

    // Tokens of Airbyte 1.0 to 1.5 live three minutes, the shortest of all: assumed where a server does not tell.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RenewalLimit = TimeSpan.FromSeconds(60);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private Token? _current;
    private Task<Token>? _renewal;

    /// <summary>A token that is good for now.</summary>
    public async Task<string> CurrentAsync(CancellationToken cancel)
    {
        Task<Token> renewal;
        lock (_gate)
        {
            if (_current is { } current && clock.GetUtcNow() < current.RenewAt)
            {
                return current.Value;
            }

            if (_renewal is null or { IsCompleted: true })
            {
                _renewal = Task.Run(RenewAsync, CancellationToken.None);
            }

            renewal = _renewal;
        }

        return (await renewal.WaitAsync(cancel).ConfigureAwait(false)).Value;
    }

    /// <summary>Drops the token if it is still the one that was refused, not one that another caller renewed meanwhile.</summary>
    public void Drop(string? refused)
    {
        lock (_gate)
        {
            if (_current?.Value == refused)
            {
                _current = null;
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private async Task<Token> RenewAsync()
    {
        using CancellationTokenSource limit = new(RenewalLimit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
        Token token;
        try
        {
            token = await BuyAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw wire.Errors.TimedOut(e);
        }

        lock (_gate)
        {
            _current = token;
        }

        return token;
    }

    private async Task<Token> BuyAsync(CancellationToken cancel)
    {
        Credential credential = await readCredential(cancel).ConfigureAwait(false);
        try
        {
            return await BuyAsync(credential, cancel).ConfigureAwait(false);
        }
        catch (AcodeException refused) when (refused.Cause == FailureClass.Authentication)
        {
            // It may have been rotated since it was read.
            forgetCredential();
            Credential fresh = await readCredential(cancel).ConfigureAwait(false);
            if (fresh.UserName == credential.UserName && fresh.Password.Reveal() == credential.Password.Reveal())
            {
                throw;
            }

            return await BuyAsync(fresh, cancel).ConfigureAwait(false);
        }
    }

    private async Task<Token> BuyAsync(Credential credential, CancellationToken cancel)
    {
        DateTimeOffset askedAt = clock.GetUtcNow();
        string secret = credential.Password.Reveal();
        AirbyteAnswer answer = await wire.AskAsync(Question, cancel).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw wire.Errors.NoSuccess(answer, $"POST {Path}", secret);
        }

        JsonElement? json = answer.Json();
        string value = json.Text("access_token") is { Length: > 0 } token && token.All(c => c is > ' ' and < '\x7f')
            ? token : throw wire.Errors.SomethingElse("its token endpoint gives no access_token");
        TimeSpan life = json?.Number("expires_in") is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : LifeOf(value, askedAt) ?? ShortestLife;
        TimeSpan early = life / 3 < TimeSpan.FromSeconds(60) ? life / 3 : TimeSpan.FromSeconds(60);
        return new Token(value, askedAt + life - early);

        HttpRequestMessage Question()
        {
            HttpRequestMessage request = wire.Request(HttpMethod.Post, Path);
            // The document requires grant_type and describes grant-type; versions differ in what they read.
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
            {
                ["client_id"] = credential.UserName,
                ["client_secret"] = secret,
                ["grant_type"] = "client_credentials",
                ["grant-type"] = "client_credentials",
            }));
            request.Content.Headers.ContentType = new("application/json");
            return request;
        }
    }

    /// <summary>How long a JSON web token lives by its own words; null when it does not say.</summary>
    private static TimeSpan? LifeOf(string token, DateTimeOffset askedAt)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            using JsonDocument claims = LegibleJson.Parse(Base64Url(parts[1]));
            if (claims.RootElement.Number("exp") is not { } expiry)
            {
                return null;
            }

            // From its own time of issue where it tells, so that a clock that is off on this machine does no harm.
            long from = claims.RootElement.Number("iat") ?? askedAt.ToUnixTimeSeconds();
            return expiry - from is > 0 and <= 86_400 and long seconds ? TimeSpan.FromSeconds(seconds) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static byte[] Base64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    private sealed record Token(string Value, DateTimeOffset RenewAt);
}
