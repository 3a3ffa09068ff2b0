using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>JSON Web Tokens: three parts in base64url, of which two begin as JSON does.</summary>
internal sealed class JwtRule : SecretRule
{
    private const int ShortestPart = 10;

    public override string Id => "Jwt";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "A JSON Web Token";

    public override IReadOnlyList<string> Keywords { get; } = ["eyJ"];

    public override void Look(in Spot spot, MatchList matches)
    {
        int header = PartAt(spot, spot.At), payload = header + 1 + PartAt(spot, spot.At + header + 1);
        if (header < ShortestPart || spot[spot.At + header] != '.' || !spot.Text[(spot.At + header + 1)..].StartsWith("eyJ", StringComparison.Ordinal) || spot[spot.At + payload] != '.')
        {
            return;
        }

        int signature = PartAt(spot, spot.At + payload + 1);
        if (payload - header > ShortestPart && signature >= ShortestPart)
        {
            matches.Add(new SecretMatch(this, spot.At, payload + 1 + signature) { Shown = "eyJ" });
        }
    }

    private static int PartAt(in Spot spot, int at)
    {
        int end = at;
        while (end < spot.LineEnd && (char.IsAsciiLetterOrDigit(spot[end]) || spot[end] is '-' or '_' or '='))
        {
            end++;
        }

        return end - at;
    }
}
