namespace AcodeOps.Configuration.Rules;

/// <summary>Every rule there is: the classes of this assembly that derive from <see cref="ConfigurationRule"/>.</summary>
internal static class RuleCatalog
{
    private static readonly Lazy<IReadOnlyList<ConfigurationRule>> Rules = new(() =>
    [
        .. Discovered.Of<ConfigurationRule>().OrderBy(one => one.GetType().Name, StringComparer.Ordinal),
    ]);

    /// <summary>The rules, in the order of their names.</summary>
    public static IReadOnlyList<ConfigurationRule> All => Rules.Value;
}
