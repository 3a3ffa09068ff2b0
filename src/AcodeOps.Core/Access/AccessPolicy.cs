namespace AcodeOps.Access;

/// <summary>A role's permissions as one document.</summary>
/// <param name="Name">The name of its file, without a folder: <c>acode-viewer.iam.json</c>.</param>
/// <param name="Text">The document.</param>
public sealed record AccessPolicy(string Name, string Text)
{
    /// <summary>The documents of a role; none where the role needs nothing of the kind.</summary>
    /// <param name="role">The role.</param>
    /// <param name="format">The kind.</param>
    /// <param name="cmdlets">What the cmdlets declare.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="names">How its resources are named.</param>
    public static IReadOnlyList<AccessPolicy> Of(
        AccessRole role, AccessPolicyFormat format, IEnumerable<CmdletAccess> cmdlets, AcodeEnvironment environment, AwsNames names)
    {
        Need[] needs = [.. cmdlets.SelectMany(cmdlet => cmdlet.For(role)).Distinct()];
        IReadOnlyList<string> texts = format switch
        {
            AccessPolicyFormat.Iam => IamPolicy.Write(needs, environment, names),
            AccessPolicyFormat.Kubernetes => One(KubernetesManifest.Write(role, needs, environment)),
            AccessPolicyFormat.ExternalSecret => One(ExternalSecretManifest.Write(needs, environment, names)),
            _ => One(MySqlGrants.Write(role, needs, environment)),
        };
        string name = $"acode-{NameOf(role)}";
        return [.. texts.Select((text, index) => new AccessPolicy($"{name}{(index == 0 ? "" : FormattableString.Invariant($"-{index + 1}"))}.{ExtensionOf(format)}", text))];
    }

    /// <summary>A role as documents name it.</summary>
    internal static string NameOf(AccessRole role) => role.ToString().ToLowerInvariant();

    private static string ExtensionOf(AccessPolicyFormat format) => format switch
    {
        AccessPolicyFormat.Iam => "iam.json",
        AccessPolicyFormat.Kubernetes => "kubernetes.yaml",
        AccessPolicyFormat.ExternalSecret => "external-secret.yaml",
        _ => "sql",
    };

    private static string[] One(string? text) => text is null ? [] : [text];
}
