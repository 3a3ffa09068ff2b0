namespace AcodeOps.Metrics;

/// <summary>Every metric there is: those of the groups of this assembly, and those of the collection itself.</summary>
public static class MetricCatalog
{
    private static readonly Lazy<IReadOnlyList<MetricGroup>> AllGroups = new(() =>
    [
        .. Discovered.Of<MetricGroup>()
            .OrderBy(group => group.GetType().Name, StringComparer.Ordinal),
    ]);

    private static readonly Lazy<IReadOnlyList<MetricDefinition>> AllDefinitions = new(() =>
    [
        .. AllGroups.Value.SelectMany(group => group.Definitions).Concat(CollectionMetrics.Definitions)
            .OrderBy(definition => definition.Category).ThenBy(definition => definition.Name, StringComparer.Ordinal),
    ]);

    /// <summary>The groups in which they are measured.</summary>
    public static IReadOnlyList<MetricGroup> Groups => AllGroups.Value;

    /// <summary>The metrics, by category and name.</summary>
    public static IReadOnlyList<MetricDefinition> All => AllDefinitions.Value;

    /// <summary>The metric of a name; null where the registry has none.</summary>
    public static MetricDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
}
