using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Servers.Identities;

/// <summary>A policy as each of the lab's servers takes it: what AWS takes whole, they share.</summary>
internal static class PolicyDialects
{
    private const string Any = "*";

    // Ceph calls this one by another name than AWS.
    private static readonly Dictionary<string, string> OfCeph = new() { ["s3:GetEncryptionConfiguration"] = "s3:GetBucketEncryption" };

    /// <summary>Allows everything.</summary>
    public static JsonObject Everything => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject { ["Effect"] = "Allow", ["Action"] = Any, ["Resource"] = Any }),
    };

    /// <summary>The statements about S3.</summary>
    public static JsonObject ForStorage(JsonObject policy) => With(policy, ["s3:"], statement =>
        statement["Action"] = new JsonArray([.. Actions(statement).Select(action => (JsonNode)OfCeph.GetValueOrDefault(action, action))]));

    /// <summary>The statements about secrets and keys. Moto judges actions, and neither resources nor conditions, and takes no wildcard but one for everything.</summary>
    public static JsonObject ForCloud(JsonObject policy) => With(policy, ["secretsmanager:", "kms:"], statement =>
    {
        statement["Resource"] = Any;
        statement.Remove("Condition");
    });

    private static JsonObject With(JsonObject policy, string[] services, Action<JsonObject> translate)
    {
        JsonArray statements = [];
        foreach (JsonNode? statement in policy["Statement"]!.AsArray().Where(one => Actions(one!.AsObject()).All(action => services.Any(service => action.StartsWith(service, StringComparison.Ordinal)))))
        {
            JsonObject own = statement!.DeepClone().AsObject();
            translate(own);
            statements.Add(own);
        }

        // Neither takes a policy without statements.
        if (statements.Count == 0)
        {
            statements.Add(new JsonObject { ["Effect"] = "Deny", ["Action"] = $"{services[0]}{Any}", ["Resource"] = Any });
        }

        return new JsonObject { ["Version"] = policy["Version"]!.DeepClone(), ["Statement"] = statements };
    }

    private static IEnumerable<string> Actions(JsonObject statement) => statement["Action"]!.AsArray().Select(action => (string)action!);
}
