using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>Tokens with a mark in their middle: Telegram's bots, client secrets of Entra ID.</summary>
internal sealed partial class MarkedTokenRule : SecretRule
{
    private const int Before = 12;
    private const int After = 48;

    public override string Id => "Token";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "A token";

    public override IReadOnlyList<string> Keywords { get; } = [":AA", "8Q~", "7Q~"];

    public override void Look(in Spot spot, MatchList matches)
    {
        int from = Math.Max(spot.LineStart, spot.At - Before);
        ReadOnlySpan<char> near = spot.Text[from..Math.Min(spot.LineEnd, spot.At + After)];
        foreach (ValueMatch token in (spot.Text[spot.At] == ':' ? Telegram() : Entra()).EnumerateMatches(near))
        {
            if (Randomness.Entropy(near.Slice(token.Index, token.Length)) > 3.5)
            {
                matches.Add(this, spot, from + token.Index, token.Length);
            }
        }
    }

    [GeneratedRegex("""(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])""", RegexOptions.CultureInvariant)]
    private static partial Regex Telegram();

    [GeneratedRegex("""(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])""", RegexOptions.CultureInvariant)]
    private static partial Regex Entra();
}
