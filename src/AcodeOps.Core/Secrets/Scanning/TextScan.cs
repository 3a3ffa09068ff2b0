using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning;

/// <summary>Finds the secrets of a piece of text that is in memory.</summary>
internal static class TextScan
{
    private static readonly TextTraits OfOneValue = new("value", TextKind.Settings);
    private static readonly Lazy<SecretRule[]> OfEveryLine = new(() => [.. SecretRuleCatalog.All.Where(rule => rule.Keywords.Count == 0)]);

    /// <summary>Everything that is found in a text.</summary>
    public static IReadOnlyList<SecretMatch> Find(ReadOnlySpan<char> text, TextTraits traits)
    {
        MatchList matches = new();
        Find(text, 0, text.Length, traits, matches);
        return matches.InOrder;
    }

    /// <summary>True for a value that holds a known kind of token, wherever it stands.</summary>
    public static bool HoldsToken(string value) => Find(value, OfOneValue).Any(match => match.Rule.Trust == RuleTrust.Format);

    /// <summary>Everything whose keyword stands between two places of a text.</summary>
    public static void Find(ReadOnlySpan<char> text, int from, int to, TextTraits traits, MatchList matches)
    {
        foreach (SecretRule rule in OfEveryLine.Value)
        {
            for (int line = from; line < to && !matches.IsFull && rule.TakesEveryLine(traits);)
            {
                Spot spot = new(text, line, 0, traits);
                rule.Look(spot, matches);
                line = spot.LineEnd + (text[spot.LineEnd..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
            }
        }

        SecretRuleCatalog.Keywords.Scan(text, from, to, traits, matches);
    }
}
