using System.Runtime.CompilerServices;
using AcodeOps.Secrets;

namespace AcodeOps.Access;

/// <summary>
/// Finds out what the present credentials may do against what cmdlets declare to need: at AWS, on the sources and in the cluster; and what they may
/// do that nobody should. Changes nothing.
/// </summary>
/// <param name="installation">The installation.</param>
/// <param name="names">How its resources are named.</param>
/// <param name="needs">What each cmdlet needs.</param>
public sealed class AccessExaminer(IInstallation installation, AwsNames names, IReadOnlyDictionary<string, IReadOnlyList<Need>> needs)
{
    private const int TriedAtOnce = 6;
    private static readonly string[] SecretVerbs = ["get", "list", "watch"];
    private static readonly string[] Deletions = ["s3:DeleteObject", "s3:DeleteObjectVersion"];

    private AcodeEnvironment Environment => installation.Environment;

    private Need[] Needs => [.. needs.Values.SelectMany(of => of).Distinct()];

    /// <summary>What is wrong or doubtful, part by part.</summary>
    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (Finding finding in await AtAwsAsync(cancel).ConfigureAwait(false))
        {
            yield return finding;
        }

        SourcePrivilege[] privileges = [.. NeedCatalog.Of<SourceGrant>(Needs, Environment).Select(grant => grant.Privilege).Distinct()];
        foreach (SourceDefinition source in privileges.Length > 0 ? Environment.Sources : [])
        {
            foreach (Finding finding in await OnSourceAsync(source, privileges, cancel).ConfigureAwait(false))
            {
                yield return finding;
            }
        }

        foreach (Finding finding in await InClusterAsync(cancel).ConfigureAwait(false))
        {
            yield return finding;
        }
    }

    private async Task<IReadOnlyList<Finding>> AtAwsAsync(CancellationToken cancel)
    {
        IReadOnlyList<NeededPermission> needed = NeededPermission.Of(needs, Environment, names);
        AwsPermission[] excess =
        [
            .. from storage in Environment.Storages
               where storage.Role.IsKept()
               from action in Deletions
               select new AwsPermission(action, names.Objects(storage, storage.Prefix)) { Storage = storage, KeyPrefix = storage.Prefix, Subject = "Kept" },
        ];
        IReadOnlyDictionary<AwsPermission, AccessTrial> simulated = await SimulateAsync([.. needed.Select(one => one.Permission)], cancel).ConfigureAwait(false);
        AccessTrial[] tried = new AccessTrial[needed.Count + excess.Length];
        await Parallel.ForAsync(
            0, tried.Length, new ParallelOptions { MaxDegreeOfParallelism = TriedAtOnce, CancellationToken = cancel },
            async (i, c) => tried[i] = await installation.Access.TryAsync(i < needed.Count ? needed[i].Permission : excess[i - needed.Count], c).ConfigureAwait(false)).ConfigureAwait(false);
        return
        [
            .. needed.SelectMany((one, i) => AccessJudgement.Of(one, tried[i], simulated.GetValueOrDefault(one.Permission))),
            .. excess.SelectMany((permission, i) => AccessJudgement.OfExcess(permission, tried[needed.Count + i])),
        ];
    }

    // The simulator is a help: who may not ask it, is judged by real calls alone.
    private async Task<IReadOnlyDictionary<AwsPermission, AccessTrial>> SimulateAsync(IReadOnlyList<AwsPermission> permissions, CancellationToken cancel)
    {
        try
        {
            CallerIdentity caller = await installation.Caller.ReadAsync(cancel).ConfigureAwait(false);
            return await installation.Access.SimulateAsync(caller.Arn, permissions, cancel).ConfigureAwait(false);
        }
        catch (AcodeException)
        {
            return new Dictionary<AwsPermission, AccessTrial>();
        }
    }

    private async Task<IReadOnlyList<Finding>> OnSourceAsync(SourceDefinition source, IReadOnlyCollection<SourcePrivilege> privileges, CancellationToken cancel)
    {
        try
        {
            (string? database, IReadOnlyList<string> lines) = await installation.Source(source.Role).ReadGrantsAsync(cancel).ConfigureAwait(false);
            return [.. SourceAccess.Judge(source, database, [.. lines.Select(GrantStatement.TryParse).OfType<GrantStatement>()], privileges)];
        }
        catch (AcodeException failure)
        {
            return [Unknown(source.ToString(), "what the account may do there", failure)];
        }
    }

    private async Task<IReadOnlyList<Finding>> InClusterAsync(CancellationToken cancel)
    {
        ClusterGrant[] grants = [.. NeedCatalog.Of<ClusterGrant>(Needs, Environment)];
        if (installation.Cluster is not { } cluster || Environment.Kubernetes is not { } definition)
        {
            return [];
        }

        List<Finding> findings = [];
        try
        {
            foreach ((ClusterGrant grant, string verb) in grants.SelectMany(grant => grant.Verbs.Select(verb => (grant, verb))))
            {
                if (!await cluster.MayAsync(verb, grant.Group, grant.Resource, cancel).ConfigureAwait(false))
                {
                    findings.Add(InCluster("AccessMissing", $"This identity may not {verb} {grant} in namespace '{definition.Namespace}'.", verb, $"{grant}", isMissing: true));
                }
            }

            foreach (string verb in SecretVerbs)
            {
                if (await cluster.MayAsync(verb, "", "secrets", cancel).ConfigureAwait(false))
                {
                    findings.Add(InCluster("SecretsReadable", $"This identity may {verb} secrets in namespace '{definition.Namespace}', and so read every credential there.", verb, "secrets", isMissing: false));
                }
            }
        }
        catch (AcodeException failure)
        {
            findings.Add(Unknown($"namespace {definition.Namespace}", "what this identity may do in the cluster", failure));
        }

        return findings;
    }

    private static Finding InCluster(string rule, string message, string verb, string resource, bool isMissing) => new()
    {
        Rule = rule,
        Severity = FindingSeverity.Error,
        Target = $"{verb} {resource}",
        Message = message,
        Current = isMissing ? nameof(AccessAnswer.Denied) : nameof(AccessAnswer.Allowed),
        Proposed = isMissing ? nameof(AccessAnswer.Allowed) : nameof(AccessAnswer.Denied),
        Evidence = "SelfSubjectAccessReview",
        Remedy = isMissing ? "Export-AcodeAccessPolicy -Format Kubernetes writes the Role that is needed." : "Take the verb out of its roles: nothing here needs it; External Secrets brings secrets in without it.",
    };

    private static Finding Unknown(string target, string what, AcodeException failure) => new()
    {
        Rule = "AccessUnknown",
        Severity = FindingSeverity.Warning,
        Target = target,
        Message = $"It could not be found out {what}: {failure.Message}",
        Current = nameof(AccessAnswer.Unknown),
        Evidence = $"{failure.Id} ({failure.Cause})",
        Remedy = failure.Advice,
    };
}
