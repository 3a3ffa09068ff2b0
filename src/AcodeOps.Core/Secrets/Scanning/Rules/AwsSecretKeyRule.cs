using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>The secret key that stands near an AWS access key id: forty characters that have no beginning of their own.</summary>
internal sealed class AwsSecretKeyRule : SecretRule
{
    private const int IdLength = 20;
    private const int SecretLength = 40;
    private const int Near = 300;
    private const double LeastEntropy = 4.0;

    public override string Id => "AwsSecretKey";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "An AWS secret key";

    public override IReadOnlyList<string> Keywords { get; } = ["AKIA", "ASIA"];

    public override void Look(in Spot spot, MatchList matches)
    {
        int from = spot.At + IdLength, to = Math.Min(spot.Text.Length, from + Near);
        if (spot.At + IdLength > spot.Text.Length || Formats.TokenFormats.At(spot.Text, spot.At) is null)
        {
            return;
        }

        for (int at = from, run = 0; at <= to; at++)
        {
            if (at < to && IsOfKey(spot[at]))
            {
                run++;
                continue;
            }

            if (run == SecretLength && spot.Text.Slice(at - run, run) is var value && Randomness.Entropy(value) >= LeastEntropy && !Shapes.IsHex(value) && !value.Contains("EXAMPLE", StringComparison.Ordinal))
            {
                matches.Add(this, spot, at - run, run);
                return;
            }

            run = 0;
        }
    }

    private static bool IsOfKey(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/';
}
