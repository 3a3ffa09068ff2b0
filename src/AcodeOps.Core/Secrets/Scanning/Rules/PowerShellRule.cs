using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>Literals that PowerShell makes secure strings and credentials of: from then on they are protected, in the script they are not.</summary>
internal sealed partial class PowerShellRule : SecretRule
{
    private const int Before = 160;

    public override string Id => "PowerShellPassword";

    public override RuleTrust Trust => RuleTrust.Declared;

    public override string Kind => "A password in a script";

    public override IReadOnlyList<string> Keywords { get; } = ["ConvertTo-SecureString", "NetworkCredential("];

    public override void Look(in Spot spot, MatchList matches)
    {
        bool isLogin = spot.Text[spot.At] is 'N' or 'n';
        foreach (ValueMatch given in (isLogin ? Login() : Given()).EnumerateMatches(spot.Rest))
        {
            Add(spot, matches, spot.At + spot.Length + given.Length, spot[spot.At + spot.Length + given.Length - 1]);
            return;
        }

        // 'x' | ConvertTo-SecureString
        int from = Math.Max(spot.LineStart, spot.At - Before);
        foreach (ValueMatch piped in Piped().EnumerateMatches(spot.Text[from..spot.At]))
        {
            Add(spot, matches, from + piped.Index + 1, spot[from + piped.Index]);
            return;
        }
    }

    private void Add(in Spot spot, MatchList matches, int start, char quote)
    {
        ReadOnlySpan<char> after = spot.Text[start..spot.LineEnd];
        int end = after.IndexOf(quote);
        if (end > 3 && !Placeholders.IsOne(after[..end]) && (quote == '\'' || after[0] != '$'))
        {
            matches.Add(this, spot, start, end);
        }
    }

    [GeneratedRegex("""^\s{1,9}(?:-String\s{1,9})?(?:-AsPlainText\s{1,9})?(?:-Force\s{1,9})?['"]""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Given();

    [GeneratedRegex("""^\s{0,9}['"][^'"]{0,80}['"]\s{0,9},\s{0,9}['"]""", RegexOptions.CultureInvariant)]
    private static partial Regex Login();

    [GeneratedRegex("""(?:'[^']{1,120}'|"[^"]{1,120}")\s{0,9}\|\s{0,9}$""", RegexOptions.CultureInvariant)]
    private static partial Regex Piped();
}
