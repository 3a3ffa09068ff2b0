using System.Text.Json.Nodes;

namespace AcodeOps.Module.Tests.Access;

/// <summary>A policy from which one action of one statement is taken.</summary>
/// <param name="From">The statement's name.</param>
/// <param name="Missing">The action.</param>
/// <param name="Policy">What is left.</param>
internal sealed record PolicyMutant(string From, string Missing, JsonObject Policy)
{
    /// <summary>What no server of the lab enforces, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotEnforced { get; } = new Dictionary<string, string>
    {
        ["s3:PutObjectRetention"] = "Ceph lets whoever may write an object lock it along.",
        ["secretsmanager:RotateSecret"] = "No secret of the lab is rotated by a Lambda, and nothing else asks for it.",
    };

    /// <summary>
    /// All of a policy: one for each action that each statement allows. Of secrets and keys, whose server knows actions only, an action is
    /// taken from all statements at once.
    /// </summary>
    public static IEnumerable<PolicyMutant> Of(JsonObject policy)
    {
        HashSet<string> taken = [];
        foreach (JsonNode? statement in policy["Statement"]!.AsArray().Where(statement => (string)statement!["Effect"]! == "Allow"))
        {
            foreach (string action in statement!["Action"]!.AsArray().Select(action => (string)action!))
            {
                bool isByResource = action.StartsWith("s3:", StringComparison.Ordinal);
                if (isByResource || taken.Add(action))
                {
                    yield return Without(policy, isByResource ? (string)statement["Sid"]! : null, action);
                }
            }
        }
    }

    private static PolicyMutant Without(JsonObject policy, string? from, string action)
    {
        JsonObject less = policy.DeepClone().AsObject();
        JsonArray statements = less["Statement"]!.AsArray();
        foreach (JsonNode statement in statements.Where(statement => (string)statement!["Effect"]! == "Allow" && (from is null || (string)statement["Sid"]! == from)).ToArray()!)
        {
            JsonArray actions = statement["Action"]!.AsArray();
            actions.RemoveAll(one => (string)one! == action);
            if (actions.Count == 0)
            {
                statements.Remove(statement);
            }
        }

        return new PolicyMutant(from ?? "Everything", action, less);
    }

    public override string ToString() => $"{From} without {Missing}";
}
