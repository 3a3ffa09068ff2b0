using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Access tokens as Airbyte's simple authentication makes them: JWTs (HS256) whose exp is enforced.</summary>
internal sealed class AccessTokens(AirbyteStore store)
{
    private Credentials _credentials = Credentials.Load(store.Folder);

    public Credentials Credentials => _credentials;

    /// <summary>A token for the right client.</summary>
    /// <returns>The token and its life in seconds; null for a wrong client id or secret.</returns>
    public (string Token, long LifeSeconds)? Issue(string clientId, string clientSecret)
    {
        if (!Same(clientId, _credentials.ClientId) || !Same(clientSecret, _credentials.ClientSecret))
        {
            return null;
        }

        double life = store.Settings.TokenLifeSeconds;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        // "nbf" and "iat" of a real token are whole seconds; fractions here let tests use lives below a second.
        JsonObject claims = new()
        {
            ["iss"] = "airbyte",
            ["sub"] = store.Instance.UserId,
            ["typ"] = "io.airbyte.auth.application",
            ["iat"] = now.ToUnixTimeMilliseconds() / 1000.0,
            ["exp"] = now.AddSeconds(life).ToUnixTimeMilliseconds() / 1000.0,
        };
        string payload = Encode("""{"alg":"HS256"}"""u8) + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        return ($"{payload}.{Sign(payload)}", (long)Math.Ceiling(life));
    }

    public bool Accepts(string token)
    {
        int dot = token.LastIndexOf('.');
        string[] parts = token.Split('.');
        if (parts.Length != 3 || !Same(token[(dot + 1)..], Sign(token[..dot])))
        {
            return false;
        }

        JsonNode claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        double now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        return now < (double)claims["exp"]! && (double)claims["iat"]! >= _credentials.RevokedBefore.ToUnixTimeMilliseconds() / 1000.0;
    }

    public bool AcceptsBasic(string encoded)
    {
        try
        {
            string[] pair = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2);
            return pair.Length == 2 && Same(pair[0], _credentials.UserName) && Same(pair[1], _credentials.Password);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Every token issued until now is dead, also after a restart.</summary>
    public void RevokeAll() => _credentials = (_credentials with { RevokedBefore = DateTimeOffset.UtcNow.AddMilliseconds(1) }).Save(store.Folder);

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private string Sign(string payload) => Encode(HMACSHA256.HashData(_credentials.SigningKey, Encoding.ASCII.GetBytes(payload)));
}
