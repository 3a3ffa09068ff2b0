using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Comparing;

/// <summary>Finds and replaces a setting by its path: <c>tunnel_method.tunnel_user</c>.</summary>
internal static class SettingPath
{
    /// <summary>The setting; null where there is none.</summary>
    public static JsonNode? Find(JsonObject settings, string path) => path.Split('.').Aggregate((JsonNode?)settings, (node, part) => (node as JsonObject)?[part]);

    /// <summary>A copy of settings in which some have other values; those that are not there are not added.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="paths">Which.</param>
    /// <param name="value">The new value, by path and the old one; the old one where it stays.</param>
    public static JsonObject Replace(JsonObject settings, IEnumerable<string> paths, Func<string, JsonNode, JsonNode?> value)
    {
        JsonObject copy = settings.DeepClone().AsObject();
        foreach (string path in paths)
        {
            int last = path.LastIndexOf('.');
            JsonObject? holder = last < 0 ? copy : Find(copy, path[..last]) as JsonObject;
            if (holder?[path[(last + 1)..]] is { } old && value(path, old) is var made && !ReferenceEquals(made, old))
            {
                holder[path[(last + 1)..]] = made;
            }
        }

        return copy;
    }

    /// <summary>A copy in which references stand where the mask does.</summary>
    public static JsonObject WithReferences(JsonObject settings, IReadOnlyDictionary<string, string> references) =>
        Replace(settings, references.Keys, (path, old) => old.ToString() == AirbyteResource.Mask ? references[path] : old);

    /// <summary>A copy in which the mask stands in the place of each of these settings.</summary>
    public static JsonObject Masked(JsonObject settings, IEnumerable<string> paths) => Replace(settings, paths, (_, _) => AirbyteResource.Mask);
}
