using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>Passwords in statements: <c>IDENTIFIED BY '…'</c>, <c>SET PASSWORD FOR … = '…'</c>, <c>CREATE ROLE … PASSWORD '…'</c>.</summary>
internal sealed partial class SqlRule : SecretRule
{
    public override string Id => "SqlPassword";

    public override RuleTrust Trust => RuleTrust.Declared;

    public override string Kind => "A password in a statement";

    public override IReadOnlyList<string> Keywords { get; } = ["IDENTIFIED", "SET PASSWORD", " PASSWORD "];

    public override void Look(in Spot spot, MatchList matches)
    {
        Regex form = spot.Text[spot.At] switch { ' ' => Role(), 'I' or 'i' => Identified(), _ => SetPassword() };
        foreach (ValueMatch statement in form.EnumerateMatches(spot.Rest))
        {
            int start = spot.At + spot.Length + statement.Length;
            char quote = spot[start - 1];
            ReadOnlySpan<char> after = spot.Text[start..spot.LineEnd];
            int end = after.IndexOf(quote);
            if (end > 0 && !Placeholders.IsOne(after[..end]))
            {
                matches.Add(this, spot, start, end);
            }

            return;
        }
    }

    [GeneratedRegex("""^(?:\s{1,9}WITH\s{1,9}['"`]?\w{1,60}['"`]?)?\s{1,9}BY\s{1,9}N?['"]""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identified();

    [GeneratedRegex("""^(?:\s{1,9}FOR\s{1,9}[^=;]{1,200}?)?\s{0,9}=\s{0,9}(?:PASSWORD\()?N?['"]""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SetPassword();

    [GeneratedRegex("""^N?'""", RegexOptions.CultureInvariant)]
    private static partial Regex Role();
}
