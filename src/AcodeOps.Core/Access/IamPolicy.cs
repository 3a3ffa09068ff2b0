using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Access;

/// <summary>Writes a role's permissions as IAM policies: one, or several where one would be longer than a managed policy may be.</summary>
public static class IamPolicy
{
    /// <summary>The most characters of a managed policy; white space does not count.</summary>
    public const int MostCharacters = 6_144;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The policies; none where nothing is needed at AWS.</summary>
    /// <param name="needs">What is needed.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="names">How its resources are named.</param>
    public static IReadOnlyList<string> Write(IReadOnlyCollection<Need> needs, AcodeEnvironment environment, AwsNames names)
    {
        IReadOnlyList<PolicyStatement> statements = PolicyStatements.Of(AwsPermissions.Of(needs, environment, names), environment, names);
        List<List<PolicyStatement>> policies = [];
        foreach (PolicyStatement statement in statements)
        {
            if (policies.Count == 0 || Characters([.. policies[^1], statement]) > MostCharacters)
            {
                policies.Add([]);
            }

            policies[^1].Add(statement);
        }

        return [.. policies.Select(policy => Document(policy).ToJsonString(Indented).ReplaceLineEndings("\n") + "\n")];
    }

    /// <summary>How many characters of a policy count.</summary>
    public static int Characters(string policy) => policy.Count(c => !char.IsWhiteSpace(c));

    private static int Characters(IEnumerable<PolicyStatement> statements) => Characters(Document(statements).ToJsonString(Indented));

    private static JsonObject Document(IEnumerable<PolicyStatement> statements) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. statements.Select(statement => (JsonNode)statement.ToJson())]),
    };
}
