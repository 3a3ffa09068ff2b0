namespace AcodeOps.Alerts;

/// <summary>Every alert rule there is: the classes of this assembly that derive from <see cref="AlertDefinition"/>.</summary>
public static class AlertCatalog
{
    private static readonly Lazy<IReadOnlyList<AlertDefinition>> Definitions = new(() =>
    [
        .. Discovered.Of<AlertDefinition>()
            .OrderByDescending(rule => rule.Severity).ThenBy(rule => rule.Id, StringComparer.Ordinal),
    ]);

    /// <summary>The rules, the gravest first.</summary>
    public static IReadOnlyList<AlertDefinition> All => Definitions.Value;

    /// <summary>The rules as they stand for an environment, without those that it has nothing for.</summary>
    public static IReadOnlyList<AlertRule> For(AcodeEnvironment environment) => [.. All.Where(rule => rule.AppliesTo(environment)).Select(rule => rule.For(environment))];
}
