using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>A password in a sentence: <c>the new password is "…"</c>, <c>Senha do banco: …</c>.</summary>
internal sealed partial class ProseRule : SecretRule
{
    public override string Id => "NamedSecret";

    public override RuleTrust Trust => RuleTrust.Named;

    public override string Kind => "A password";

    public override IReadOnlyList<string> Keywords { get; } = ["password", "senha"];

    public override void Look(in Spot spot, MatchList matches)
    {
        if (spot.Kind != TextKind.Prose)
        {
            return;
        }

        foreach (ValueMatch sentence in Sentence().EnumerateMatches(spot.Rest))
        {
            int end = spot.At + spot.Length + sentence.Length;
            ReadOnlySpan<char> whole = spot.Text[(spot.At + spot.Length)..end];
            int start = whole.LastIndexOfAny(" \t\"'`") + 1;
            ReadOnlySpan<char> value = whole[start..].TrimEnd(".,;");
            if (Randomness.IsMixed(value) && !Placeholders.IsOne(value))
            {
                matches.Add(this, spot, spot.At + spot.Length + start, value.Length, spot.Text.Slice(spot.At, spot.Length));
            }

            return;
        }
    }

    [GeneratedRegex("""^(?: [\p{L}]{1,20}){0,5}(?:\s?[:=]| is| é| now is)\s{1,3}["'`]?[^\s"'`]{6,64}(?=["'`]|\s|[.,;]?$)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();
}
