using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>The passwords of <c>.netrc</c> and <c>.pgpass</c>, files that hold nothing else.</summary>
internal sealed partial class NetrcRule : SecretRule
{
    public override string Id => "PasswordFile";

    public override RuleTrust Trust => RuleTrust.Declared;

    public override string Kind => "A password";

    public override IReadOnlyList<string> Keywords { get; } = [];

    public override bool TakesEveryLine(TextTraits traits) => traits.Name is ".netrc" or "_netrc" or ".pgpass" or "pgpass.conf";

    public override void Look(in Spot spot, MatchList matches)
    {
        foreach (ValueMatch found in (spot.Traits.Name.Contains("netrc", StringComparison.Ordinal) ? Netrc() : Pgpass()).EnumerateMatches(spot.Line))
        {
            int start = spot.LineStart + found.Index + found.Length;
            ReadOnlySpan<char> after = spot.Text[start..spot.LineEnd].TrimEnd();
            int end = spot.Traits.Name.Contains("netrc", StringComparison.Ordinal) ? after.IndexOf(' ') : -1;
            ReadOnlySpan<char> value = end < 0 ? after : after[..end];
            if (!Placeholders.IsOne(value))
            {
                matches.Add(this, spot, start, value.Length);
            }
        }
    }

    [GeneratedRegex("""(?:^|\s)password\s{1,9}""", RegexOptions.CultureInvariant)]
    private static partial Regex Netrc();

    [GeneratedRegex("""^(?!#)(?:(?:[^:\\]|\\.){1,100}:){4}""", RegexOptions.CultureInvariant)]
    private static partial Regex Pgpass();
}
