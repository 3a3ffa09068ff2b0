using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Where Airbyte keeps the secrets of a source or a destination: each under a name of its own, with a version that grows when the value changes.</summary>
internal static class SecretCoordinates
{
    /// <summary>A copy of the configuration with the place of each secret instead of the secret.</summary>
    public static JsonObject Shown(Actor actor, JsonObject schema)
    {
        JsonObject copy = actor.Configuration.DeepClone().AsObject();
        ConfigurationSchema.VisitSecrets(copy, schema, (parent, name) =>
        {
            string path = PathOf(parent, name);
            Guid id = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.Id} {path}")).AsSpan(0, 16));
            parent[name] = $"secret_coordinate::airbyte_workspace_{actor.WorkspaceId}_secret_{id}_v{actor.SecretVersions.GetValueOrDefault(path, 1)}";
        });
        return copy;
    }

    /// <summary>The actor with the version of each secret: as it was where the value is as it was. A secret that comes back does not begin anew.</summary>
    public static Actor Counted(Actor actor, Actor? before, JsonObject schema)
    {
        Dictionary<string, string> values = ValuesOf(before, schema);
        Dictionary<string, int> versions = before?.SecretVersions.ToDictionary() ?? [];
        foreach ((string path, string value) in ValuesOf(actor, schema))
        {
            bool isKnown = values.ContainsKey(path) || versions.ContainsKey(path);
            versions[path] = !isKnown ? 1 : versions.GetValueOrDefault(path, 1) + (values.GetValueOrDefault(path) == value ? 0 : 1);
        }

        return actor with { SecretVersions = versions };
    }

    private static Dictionary<string, string> ValuesOf(Actor? actor, JsonObject schema)
    {
        Dictionary<string, string> values = [];
        JsonObject configuration = actor?.Configuration.DeepClone().AsObject() ?? [];
        ConfigurationSchema.VisitSecrets(configuration, schema, (parent, name) => values[PathOf(parent, name)] = parent[name]!.ToJsonString());
        return values;
    }

    private static string PathOf(JsonObject parent, string name) => $"{parent.GetPath()}.{name}";
}
