namespace AcodeOps.Deployment;

/// <summary>The items of the checklist: the classes of this assembly that derive from <see cref="DeploymentCheck"/>.</summary>
public static class DeploymentCatalog
{
    private static readonly Lazy<IReadOnlyList<DeploymentCheck>> Checks = new(() =>
    [
        .. Discovered.Of<DeploymentCheck>()
            .OrderBy(check => check.Stage).ThenBy(check => check.Target, StringComparer.Ordinal),
    ]);

    /// <summary>All items, in the order of their stages.</summary>
    public static IReadOnlyList<DeploymentCheck> All => Checks.Value;
}
