using System.Text.Json.Nodes;
using AcodeOps.Configuration.Importing;

namespace AcodeOps.Access;

/// <summary>
/// Writes how External Secrets brings an environment's secrets into Airbyte's namespace: by the pod's own role, so that no key and no
/// secret stands in a manifest.
/// </summary>
internal static class ExternalSecretManifest
{
    private const string Api = "external-secrets.io/v1";
    private const string StoreName = "acode";
    private const string AccountName = "acode-secrets";

    /// <summary>The documents; null where no secret is needed.</summary>
    public static string? Write(IReadOnlyCollection<Need> needs, AcodeEnvironment environment, AwsNames names)
    {
        CredentialReference[] secrets = [.. NeedCatalog.Of<SecretGrant>(needs, environment).SelectMany(grant => names.Secrets(grant.Secrets)).Distinct()];
        if (secrets.Length == 0)
        {
            return null;
        }

        string folder = (environment.Kubernetes ?? new KubernetesDefinition()).Namespace;
        JsonObject account = Resource("v1", "ServiceAccount", AccountName, folder);
        account["metadata"]!["annotations"] = new JsonObject { ["eks.amazonaws.com/role-arn"] = $"arn:{names.Partition}:iam::{names.Account}:role/{AccountName}" };
        JsonObject store = Resource(Api, "SecretStore", StoreName, folder);
        store["spec"] = new JsonObject
        {
            ["provider"] = new JsonObject
            {
                ["aws"] = new JsonObject
                {
                    ["service"] = "SecretsManager",
                    ["region"] = names.Region,
                    ["auth"] = new JsonObject { ["jwt"] = new JsonObject { ["serviceAccountRef"] = new JsonObject { ["name"] = AccountName } } },
                },
            },
        };
        return string.Join("---\n", new[] { account, store }.Concat(secrets.Select(secret => Secret(secret, folder))).Select(YamlText.Of));
    }

    private static JsonObject Secret(CredentialReference secret, string folder)
    {
        string name = NameOf(secret);
        JsonObject external = Resource(Api, "ExternalSecret", name, folder);
        external["spec"] = new JsonObject
        {
            ["refreshInterval"] = "1h",
            ["secretStoreRef"] = new JsonObject { ["kind"] = "SecretStore", ["name"] = StoreName },
            ["target"] = new JsonObject { ["name"] = name, ["creationPolicy"] = "Owner" },
            ["dataFrom"] = new JsonArray(new JsonObject { ["extract"] = new JsonObject { ["key"] = secret.Name } }),
        };
        return external;
    }

    // A name in Kubernetes has lower-case letters, digits and hyphens.
    private static string NameOf(CredentialReference secret) =>
        string.Concat(secret.Name[(secret.Name.LastIndexOf(':') + 1)..].ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');

    private static JsonObject Resource(string api, string kind, string name, string folder) => new()
    {
        ["apiVersion"] = api,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = folder },
    };
}
