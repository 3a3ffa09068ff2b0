using System.Text.Json.Nodes;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Comparing;

/// <summary>
/// Settings that hold a secret although the connector does not declare them secret, such as a password among JDBC parameters:
/// Airbyte shows them, and AcodeOps neither shows nor keeps them.
/// </summary>
internal static class UndeclaredSecrets
{
    /// <summary>The resource with a mask in the place of each.</summary>
    public static AirbyteResource Hide(AirbyteResource resource)
    {
        if (resource.Kind == ConfiguredKind.Connection || !Any(resource.Settings))
        {
            return resource;
        }

        JsonObject settings = resource.Settings.DeepClone().AsObject();
        Visit(settings, (holder, key, text) => holder[key] = SecretScan.LooksSecret(text) ? AirbyteResource.Mask : text);
        return resource with { Settings = settings };
    }

    /// <summary>
    /// The settings with what Airbyte shows in the places of masks that it would not understand: it keeps a masked secret only
    /// where its connector declares one, and would store the mask elsewhere.
    /// </summary>
    public static JsonObject PutBack(JsonObject settings, AirbyteResource live)
    {
        JsonObject whole = settings.DeepClone().AsObject();
        Dictionary<string, string> shown = new(StringComparer.Ordinal);
        Visit(live.Settings, (holder, key, text) => shown[$"{holder.GetPath()}.{key}"] = text);
        Visit(whole, (holder, key, text) =>
        {
            if (text == AirbyteResource.Mask && shown.GetValueOrDefault($"{holder.GetPath()}.{key}") is { } value && !value.StartsWith(AirbyteResource.Coordinate, StringComparison.Ordinal))
            {
                holder[key] = value;
            }
        });
        return whole;
    }

    private static bool Any(JsonObject settings)
    {
        bool found = false;
        Visit(settings, (_, _, text) => found |= SecretScan.LooksSecret(text));
        return found;
    }

    private static void Visit(JsonObject settings, Action<JsonObject, string, string> visit)
    {
        foreach ((string key, JsonNode? value) in settings.ToArray())
        {
            if (value is JsonObject inner)
            {
                Visit(inner, visit);
            }
            else if (value is JsonValue scalar && scalar.TryGetValue(out string? text))
            {
                visit(settings, key, text);
            }
        }
    }
}
