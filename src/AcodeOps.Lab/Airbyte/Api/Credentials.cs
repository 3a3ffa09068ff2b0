using System.Security.Cryptography;
using System.Text.Json;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Who may call: generated at the first start into <c>credentials.json</c> (mode 600), never given on a command line.</summary>
/// <remarks>
/// SigningKey: Signs the access tokens, so that they outlive a restart of the stand-in.
/// RevokedBefore: Tokens issued before it are dead.
/// </remarks>
internal sealed record Credentials(
    string ClientId, string ClientSecret, string UserName, string Password, byte[] SigningKey, DateTimeOffset RevokedBefore)
{
    public const string FileName = "credentials.json";

    public static Credentials Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            new Credentials(Guid.NewGuid().ToString(), Random(24), "airbyte", Random(18), RandomNumberGenerator.GetBytes(32), DateTimeOffset.MinValue).Save(folder);
        }

        return JsonSerializer.Deserialize<Credentials>(File.ReadAllBytes(path), StoreJson.Options)!;
    }

    public Credentials Save(string folder)
    {
        AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, StoreJson.Options));
        return this;
    }

    private static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
