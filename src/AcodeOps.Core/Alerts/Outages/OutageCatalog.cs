namespace AcodeOps.Alerts.Outages;

/// <summary>Every outage that rules are tried on: the classes of this assembly that derive from <see cref="AlertOutage"/>.</summary>
public static class OutageCatalog
{
    private static readonly Lazy<IReadOnlyList<AlertOutage>> Outages = new(() =>
    [
        .. Discovered.Of<AlertOutage>()
            .OrderBy(outage => outage.Id, StringComparer.Ordinal),
    ]);

    /// <summary>The outages, by name.</summary>
    public static IReadOnlyList<AlertOutage> All => Outages.Value;

    /// <summary>Those that can happen to an environment.</summary>
    public static IReadOnlyList<AlertOutage> For(AcodeEnvironment environment) => [.. All.Where(outage => outage.AppliesTo(environment))];
}
