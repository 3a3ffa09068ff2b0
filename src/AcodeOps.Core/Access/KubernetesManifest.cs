using System.Text.Json.Nodes;
using AcodeOps.Configuration.Importing;

namespace AcodeOps.Access;

/// <summary>
/// Writes a role's permissions in Airbyte's namespace as a Role and a RoleBinding to a group. Nothing in it concerns secrets: to
/// list them is to read them all.
/// </summary>
internal static class KubernetesManifest
{
    private const string Api = "rbac.authorization.k8s.io";

    /// <summary>The documents; null where the role needs nothing there, or the environment names no cluster.</summary>
    public static string? Write(AccessRole role, IReadOnlyCollection<Need> needs, AcodeEnvironment environment)
    {
        ClusterGrant[] grants = [.. NeedCatalog.Of<ClusterGrant>(needs, environment)];
        if (environment.Kubernetes is not { } cluster || grants.Length == 0)
        {
            return null;
        }

        string name = $"acode-{AccessPolicy.NameOf(role)}";
        JsonObject permitted = Resource("Role", name, cluster);
        permitted["rules"] = new JsonArray([.. grants.Select(grant => (JsonNode)new JsonObject
        {
            ["apiGroups"] = new JsonArray(grant.Group),
            ["resources"] = new JsonArray(grant.Resource),
            ["verbs"] = new JsonArray([.. grant.Verbs.Select(verb => (JsonNode)verb)]),
        })]);
        JsonObject binding = Resource("RoleBinding", name, cluster);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = Api, ["kind"] = "Role", ["name"] = name };
        binding["subjects"] = new JsonArray(new JsonObject { ["apiGroup"] = Api, ["kind"] = "Group", ["name"] = $"{name}s" });
        return $"{YamlText.Of(permitted)}---\n{YamlText.Of(binding)}";
    }

    private static JsonObject Resource(string kind, string name, KubernetesDefinition cluster) => new()
    {
        ["apiVersion"] = $"{Api}/v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = cluster.Namespace },
    };
}
