using System.Text.Json.Nodes;

namespace AcodeOps.Access;

/// <summary>One statement of a policy: the same actions on the same resources, under the same condition.</summary>
/// <param name="Sid">Its name: letters and digits only.</param>
/// <param name="Actions">The actions, in order.</param>
/// <param name="Resources">The resources, in order.</param>
internal sealed record PolicyStatement(string Sid, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    /// <summary>False for a statement that forbids.</summary>
    public bool Allows { get; init; } = true;

    /// <summary>The condition, or null.</summary>
    public JsonObject? Condition { get; init; }

    /// <summary>The statement as IAM reads it.</summary>
    public JsonObject ToJson()
    {
        JsonObject statement = new()
        {
            [nameof(Sid)] = Sid,
            ["Effect"] = Allows ? "Allow" : "Deny",
            ["Action"] = new JsonArray([.. Actions.Select(action => (JsonNode)action)]),
            ["Resource"] = new JsonArray([.. Resources.Select(resource => (JsonNode)resource)]),
        };
        if (Condition is not null)
        {
            statement[nameof(Condition)] = Condition.DeepClone();
        }

        return statement;
    }
}
