namespace AcodeOps.Access;

/// <summary>Judges what was found out of one permission. A real call counts more than the simulator, and where they differ, that is told.</summary>
internal static class AccessJudgement
{
    private const string Remedy = "Export-AcodeAccessPolicy writes the policy that is needed: have it attached to this identity.";

    /// <summary>What is wrong or doubtful; nothing where a real call has shown the permission.</summary>
    public static IEnumerable<Finding> Of(NeededPermission needed, AccessTrial tried, AccessTrial? simulated)
    {
        AwsPermission permission = needed.Permission;
        AccessAnswer simulation = simulated?.Answer ?? AccessAnswer.Unknown;
        string evidence = $"tried: {tried.Evidence}{(simulated is null ? "" : $"; simulator: {simulated.Evidence}")}; {needed.NeededBy}";
        if (tried.Answer != AccessAnswer.Unknown && simulation != AccessAnswer.Unknown && tried.Answer != simulation)
        {
            yield return Finding("AccessSimulatorDiffers", FindingSeverity.Warning, $"IAM's simulator and a real call disagree about {permission}: what the call has shown, holds.", $"{simulation}, by the simulator", $"{tried.Answer}, by the call", evidence) with
            {
                Remedy = "The simulator knows neither bucket policies nor those of the organization or of an endpoint: look there.",
            };
        }

        if (tried.Answer == AccessAnswer.Denied || (tried.Answer == AccessAnswer.Unknown && simulation == AccessAnswer.Denied))
        {
            yield return Finding("AccessMissing", FindingSeverity.Error, $"The present credentials may not {permission}.", "Denied", "Allowed", evidence) with { Remedy = Remedy };
        }
        else if (tried.Answer == AccessAnswer.Unknown && simulation == AccessAnswer.Allowed)
        {
            yield return Finding("AccessNotTried", FindingSeverity.Information, $"Only the simulator says that the present credentials may {permission}: no call could show it without changing anything.", "Allowed, by the simulator", null, evidence);
        }
        else if (tried.Answer == AccessAnswer.Unknown)
        {
            yield return Finding("AccessUnknown", FindingSeverity.Warning, $"Whether the present credentials may {permission} could not be found out, and does not count as allowed.", "Unknown", "Allowed", evidence) with
            {
                Remedy = "Allow iam:SimulatePrincipalPolicy on the identity itself, or look at its policies.",
            };
        }

        Finding Finding(string rule, FindingSeverity severity, string message, string? current, string? proposed, string why) => new()
        {
            Rule = rule,
            Severity = severity,
            Target = $"{permission.Action} {permission.Resource}",
            Message = message,
            Current = current,
            Proposed = proposed,
            Evidence = why,
        };
    }

    /// <summary>What is wrong when something may be done that nobody should be able to do.</summary>
    public static IEnumerable<Finding> OfExcess(AwsPermission permission, AccessTrial tried)
    {
        if (tried.Answer == AccessAnswer.Denied)
        {
            yield break;
        }

        bool isAllowed = tried.Answer == AccessAnswer.Allowed;
        yield return new Finding
        {
            Rule = isAllowed ? "AccessTooWide" : "AccessUnknown",
            Severity = isAllowed ? FindingSeverity.Warning : FindingSeverity.Information,
            Target = $"{permission.Action} {permission.Resource}",
            Message = isAllowed
                ? $"The present credentials may {permission}: what is there for the worst day can be deleted with them."
                : $"Whether the present credentials may {permission}, which nobody should, could not be found out.",
            Current = tried.Answer.ToString(),
            Proposed = nameof(AccessAnswer.Denied),
            Evidence = $"tried: {tried.Evidence}",
            Remedy = "Take it away, or attach a policy of Export-AcodeAccessPolicy: its last statement forbids it whatever else is allowed.",
        };
    }
}
