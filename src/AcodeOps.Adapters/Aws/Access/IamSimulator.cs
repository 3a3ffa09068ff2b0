using System.Xml.Linq;
using AcodeOps.Access;

namespace AcodeOps.Adapters.Aws.Access;

/// <summary>IAM's SimulatePrincipalPolicy, by which it tells what an identity's own policies allow.</summary>
internal sealed class IamSimulator(AwsAccount account)
{
    private const int MostPages = 50;

    /// <summary>Asks about permissions, those on one resource at a time.</summary>
    /// <exception cref="AcodeException">It may not be asked, or did not answer.</exception>
    public async Task<IReadOnlyDictionary<AwsPermission, AccessTrial>> AskAsync(string caller, IReadOnlyList<AwsPermission> permissions, CancellationToken cancel)
    {
        Dictionary<AwsPermission, AccessTrial> answers = [];
        string principal = PrincipalOf(caller);
        foreach (IGrouping<(string, string?), AwsPermission> alike in permissions.GroupBy(permission => (permission.Resource, permission.IsListing ? permission.KeyPrefix : null)))
        {
            foreach ((string action, string decision) in await DecisionsAsync(principal, [.. alike], cancel).ConfigureAwait(false))
            {
                AccessAnswer answer = decision == "allowed" ? AccessAnswer.Allowed : decision is "implicitDeny" or "explicitDeny" ? AccessAnswer.Denied : AccessAnswer.Unknown;
                foreach (AwsPermission permission in alike.Where(permission => string.Equals(permission.Action, action, StringComparison.OrdinalIgnoreCase)))
                {
                    answers[permission] = new AccessTrial(answer, decision is "allowed" or "implicitDeny" or "explicitDeny" ? decision : "no decision");
                }
            }
        }

        return answers;
    }

    private async Task<List<(string Action, string Decision)>> DecisionsAsync(string principal, IReadOnlyList<AwsPermission> permissions, CancellationToken cancel)
    {
        Dictionary<string, string> form = new() { ["Action"] = "SimulatePrincipalPolicy", ["Version"] = "2010-05-08", ["PolicySourceArn"] = principal };
        for (int i = 0; i < permissions.Count; i++)
        {
            form[FormattableString.Invariant($"ActionNames.member.{i + 1}")] = permissions[i].Action;
        }

        // A resource that is asked about has no wildcards: something of the kind stands for all.
        form["ResourceArns.member.1"] = permissions[0].Resource.Replace("??????", "AcOdE0", StringComparison.Ordinal).Replace("*", "acode", StringComparison.Ordinal);
        if (permissions[0] is { IsListing: true, KeyPrefix: { } prefix })
        {
            form["ContextEntries.member.1.ContextKeyName"] = "s3:prefix";
            form["ContextEntries.member.1.ContextKeyType"] = "string";
            form["ContextEntries.member.1.ContextKeyValues.member.1"] = prefix;
        }

        List<(string, string)> decisions = [];
        for (int page = 0; page < MostPages; page++)
        {
            XElement answer = await account.IamAsync(form, cancel).ConfigureAwait(false);
            decisions.AddRange(answer.Descendants().Where(e => e.Name.LocalName == "member" && Text(e, "EvalActionName") is not null)
                .Select(e => (Text(e, "EvalActionName")!, Text(e, "EvalDecision") ?? "")));
            if (Text(answer, "Marker") is not { Length: > 0 } marker)
            {
                break;
            }

            form["Marker"] = marker;
        }

        return decisions;
    }

    // Of a session of a role, the role is the principal; its path is not in the session's name.
    private static string PrincipalOf(string caller)
    {
        string[] parts = caller.Split(':', 6);
        return parts is [_, var partition, "sts", _, var number, var session] && session.Split('/') is ["assumed-role", var role, ..]
            ? $"arn:{partition}:iam::{number}:role/{role}"
            : caller;
    }

    private static string? Text(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
}
