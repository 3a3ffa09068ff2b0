using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning;

/// <summary>Every rule there is: the classes of this assembly that derive from <see cref="SecretRule"/>.</summary>
internal static class SecretRuleCatalog
{
    private static readonly Lazy<IReadOnlyList<SecretRule>> Rules = new(() =>
    [
        .. Discovered.Of<SecretRule>()
            .OrderBy(rule => rule.Trust).ThenBy(rule => rule.Id, StringComparer.Ordinal),
    ]);

    private static readonly Lazy<KeywordIndex> Index = new(() => new KeywordIndex(All.SelectMany(rule => rule.Keywords.Select(keyword => (keyword, rule)))));

    /// <summary>The rules, those that are trusted most first.</summary>
    public static IReadOnlyList<SecretRule> All => Rules.Value;

    /// <summary>Their keywords.</summary>
    public static KeywordIndex Keywords => Index.Value;
}
