using System.Text.Json.Nodes;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Comparing;

namespace AcodeOps.Secrets.Rotating;

/// <summary>A source's settings at Airbyte, with a login in them.</summary>
internal static class AirbyteCopy
{
    /// <summary>The user that it logs in as.</summary>
    public static string? UserOf(AirbyteResource resource) => (string?)resource.Settings["username"];

    /// <summary>Where it logs in to, and as whom: the same for two that share an account.</summary>
    public static string PlaceOf(AirbyteResource resource) => $"{resource.Settings["host"]}:{resource.Settings["port"] ?? 3306} {UserOf(resource)}";

    /// <summary>The whole settings with another login; every other secret stays as Airbyte has it.</summary>
    public static JsonObject With(AirbyteResource live, string? user, SecretText password)
    {
        JsonObject settings = Masked(live.Settings);
        settings["username"] = user ?? UserOf(live);
        settings["password"] = password.Reveal();
        return UndeclaredSecrets.PutBack(settings, live);
    }

    // Where Airbyte tells the version of a secret, the mask is what it takes for "as it is".
    private static JsonObject Masked(JsonObject settings)
    {
        JsonObject masked = [];
        foreach ((string key, JsonNode? value) in settings)
        {
            masked[key] = value switch
            {
                JsonObject inner => Masked(inner),
                JsonValue scalar when scalar.TryGetValue(out string? text) && text.StartsWith(AirbyteResource.Coordinate, StringComparison.Ordinal) => AirbyteResource.Mask,
                _ => value?.DeepClone(),
            };
        }

        return masked;
    }
}
