using AcodeOps.Secrets.Scanning.Formats;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>Tokens that are known by how they begin, wherever they stand.</summary>
internal sealed class TokenRule : SecretRule
{
    private const int MostShown = 4;

    public override string Id => "Token";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "A token";

    public override IReadOnlyList<string> Keywords { get; } = [.. TokenFormats.All.Select(format => format.Prefix).Distinct()];

    public override void Look(in Spot spot, MatchList matches)
    {
        if (TokenFormats.At(spot.Text, spot.At) is not var (format, length))
        {
            return;
        }

        int prefix = format.PrefixIsPart && !format.InWords ? 0 : format.Prefix.Length;
        matches.Add(new SecretMatch(this, spot.At + prefix, length - prefix)
        {
            Format = format,
            Shown = prefix == 0 ? format.Prefix[..Math.Min(MostShown, format.Prefix.Length)] : "",
        });
    }
}
