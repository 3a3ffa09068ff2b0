using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AcodeOps.Configuration.Reading;
using AcodeOps.Secrets;

namespace AcodeOps.Configuration.Comparing;

/// <summary>Reads what settings refer to: <c>secretsmanager:NAME</c>, <c>env:NAME</c>, or variables of the process, <c>${NAME}</c>.</summary>
internal sealed partial class SecretReferences(ICredentialStore credentials)
{
    // Which part of a credential a setting means, by the setting's own name; any other means the password.
    private static readonly string[] UserNames = ["username", "user", "tunnel_user", "access_key_id", "client_id"];

    /// <summary>True for text that refers to something.</summary>
    public static bool IsReference(string text) => CredentialReference.TryParse(text) is { Holder: not CredentialHolder.Profile } || Variables.AreAll(text);

    /// <summary>The value that a setting's text refers to.</summary>
    /// <param name="setting">The setting's path: <c>tunnel_method.tunnel_user</c>.</param>
    /// <param name="text">The reference.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The credential could not be read; or <c>SecretIncomplete</c>: it has no such part.</exception>
    public async Task<JsonValue> ReadAsync(string setting, string text, CancellationToken cancel)
    {
        if (CredentialReference.TryParse(text) is not { } reference)
        {
            return JsonValue.Create(await ReadVariablesAsync(text, cancel).ConfigureAwait(false));
        }

        Credential credential = await credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        return setting.Split('.')[^1] switch
        {
            var name when UserNames.Contains(name) => JsonValue.Create(credential.UserName ?? throw Incomplete(reference, "user")),
            "host" or "tunnel_host" => JsonValue.Create(credential.Host ?? throw Incomplete(reference, "host")),
            "port" or "tunnel_port" => JsonValue.Create(credential.Port ?? throw Incomplete(reference, "port")),
            "database" => JsonValue.Create(credential.Database ?? throw Incomplete(reference, "database")),
            _ => JsonValue.Create(credential.Password.Reveal()),
        };
    }

    /// <summary>A copy of settings in which secrets stand in the places of what refers to them. Masks stay.</summary>
    public async Task<JsonObject> FillAsync(JsonObject settings, IEnumerable<string> secretPaths, CancellationToken cancel)
    {
        Dictionary<string, JsonNode> secrets = new(StringComparer.Ordinal);
        foreach (string path in secretPaths)
        {
            if (SettingPath.Find(settings, path) is JsonValue value && value.TryGetValue(out string? text) && IsReference(text))
            {
                secrets[path] = await ReadAsync(path, text, cancel).ConfigureAwait(false);
            }
        }

        return SettingPath.Replace(settings, secrets.Keys, (path, _) => secrets[path]);
    }

    private async Task<string> ReadVariablesAsync(string text, CancellationToken cancel)
    {
        string value = "";
        foreach (Match match in Variable().Matches(text))
        {
            Credential variable = await credentials.ReadAsync(new CredentialReference(CredentialHolder.EnvironmentVariable, match.Groups["name"].Value), cancel).ConfigureAwait(false);
            value += variable.Password.Reveal();
        }

        return value;
    }

    private static AcodeException Incomplete(CredentialReference reference, string part) => new(
        "SecretIncomplete", FailureClass.InvalidInput, $"The credential {reference} has no {part}.")
    {
        Advice = $"Add the {part} to the secret, or write it into the file.",
        Subject = reference,
        IsFatal = false,
    };

    [GeneratedRegex(@"\$\{(?<name>[^}^{]+)\}")]
    private static partial Regex Variable();
}
