using System.Buffers;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>The addresses of drivers that are no URL: Go's <c>user:password@tcp(host)</c>, Oracle's <c>thin:user/password@host</c>.</summary>
internal sealed class DriverAddressRule : SecretRule
{
    private const int Longest = 120;
    private static readonly SearchValues<char> OfTemplates = SearchValues.Create("%{}$<> ()");

    public override string Id => "AddressPassword";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "An address with a password";

    public override IReadOnlyList<string> Keywords { get; } = ["@tcp(", "@unix(", ":3306)", "thin:"];

    public override void Look(in Spot spot, MatchList matches)
    {
        if (spot.Text[spot.At] is '@' or ':')
        {
            // user:password@(host:3306), without a word for the protocol.
            int at = spot.Text[spot.At] == '@' ? spot.At : spot.LineStart + spot.Text[spot.LineStart..spot.At].LastIndexOf("@(");
            if (at < spot.LineStart)
            {
                return;
            }

            int start = at;
            while (start > spot.LineStart && at - start < Longest && spot[start - 1] is not (' ' or '"' or '\'' or '`' or '=' or '\t'))
            {
                start--;
            }

            Add(spot, matches, spot.Text[start..at], start, ':');
        }
        else
        {
            ReadOnlySpan<char> rest = spot.Rest[..Math.Min(Longest, spot.Rest.Length)];
            int at = rest.IndexOf('@');
            if (at > 0)
            {
                Add(spot, matches, rest[..at], spot.At + spot.Length, '/');
            }
        }
    }

    private void Add(in Spot spot, MatchList matches, ReadOnlySpan<char> login, int start, char divider)
    {
        int at = login.IndexOf(divider);
        if (at > 0 && at < login.Length - 1 && !Placeholders.IsOne(login[(at + 1)..]) && login.IndexOfAny(OfTemplates) < 0)
        {
            matches.Add(this, spot, start + at + 1, login.Length - at - 1, login[..at]);
        }
    }
}
