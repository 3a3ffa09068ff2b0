namespace AcodeOps.Configuration.Rules;

/// <summary>Every rule there is: the classes of this assembly that derive from <see cref="ConfigurationRule"/>.</summary>
internal static class RuleCatalog
{
    private static readonly Lazy<IReadOnlyList<ConfigurationRule>> Rules = new(() =>
    [
        .. typeof(ConfigurationRule).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ConfigurationRule)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (ConfigurationRule)Activator.CreateInstance(type)!),
    ]);

    /// <summary>The rules, in the order of their names.</summary>
    public static IReadOnlyList<ConfigurationRule> All => Rules.Value;
}
