using System.Buffers;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>A password in an address: <c>mysql://user:password@host/</c>.</summary>
internal sealed class AddressRule : SecretRule
{
    private const int Longest = 300;
    private static readonly SearchValues<char> OfTemplates = SearchValues.Create("${}<>()\\");

    public override string Id => "AddressPassword";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "An address with a password";

    public override IReadOnlyList<string> Keywords { get; } = ["://"];

    public override void Look(in Spot spot, MatchList matches)
    {
        int start = spot.At + spot.Length, last = -1, colon = -1;
        int end = Math.Min(spot.LineEnd, start + Longest);
        for (int at = start; at < end; at++)
        {
            char c = spot[at];
            if (c == '@')
            {
                last = at;
            }
            else if (c == ':' && colon < 0)
            {
                colon = at;
            }
            else if (c is '/' or ' ' or '"' or '\'' or '`' or '<' or '>' or '\t' or ',' || (last >= 0 && c is '?' or '#'))
            {
                break;
            }
        }

        if (colon < 0 || last <= colon + 1)
        {
            return;
        }

        ReadOnlySpan<char> user = spot.Text[start..colon], value = spot.Text[(colon + 1)..last];
        if (!Placeholders.IsOne(value) && value.IndexOfAny(OfTemplates) < 0 && user.IndexOfAny(OfTemplates) < 0 && !(IsWord(user) && IsWord(value)))
        {
            matches.Add(this, spot, colon + 1, value.Length, user);
        }
    }

    private static bool IsWord(ReadOnlySpan<char> value) => value.Equals("USER", StringComparison.Ordinal) || value.Equals("PASS", StringComparison.Ordinal) || Placeholders.IsOne(value);
}
