using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>Private keys as PEM, OpenSSH, PGP and PuTTY write them; one that a passphrase protects is a warning.</summary>
internal sealed class PrivateKeyRule : SecretRule
{
    private const string Begin = "-----BEGIN ";
    private const string PuttyBegin = "PuTTY-User-Key-File-";
    private const int Near = 600;

    public override string Id => "PrivateKey";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "A private key";

    public override IReadOnlyList<string> Keywords { get; } = [Begin, PuttyBegin];

    public override void Look(in Spot spot, MatchList matches)
    {
        ReadOnlySpan<char> near = spot.Text[spot.At..Math.Min(spot.Text.Length, spot.At + Near)];
        bool isPutty = near.StartsWith(PuttyBegin, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> label = isPutty ? default : near[Begin.Length..];
        int labelEnd = isPutty ? 0 : label.IndexOf("-----");
        if (!isPutty && (labelEnd is < 0 or > 50 || !label[..labelEnd].Contains("PRIVATE KEY", StringComparison.Ordinal)))
        {
            return;
        }

        ReadOnlySpan<char> body = isPutty ? near : label[(labelEnd + 5)..];
        if (isPutty ? body.Contains("Private-Lines:", StringComparison.Ordinal) : HoldsKey(body))
        {
            bool isProtected = isPutty ? !body.Contains("Encryption: none", StringComparison.Ordinal)
                : label[..labelEnd].Contains("ENCRYPTED", StringComparison.Ordinal) || body.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);
            matches.Add(new SecretMatch(this, spot.At, isPutty ? PuttyBegin.Length : Begin.Length + labelEnd + 5)
            {
                Severity = isProtected ? FindingSeverity.Warning : FindingSeverity.Error,
                Subject = isPutty ? "PuTTY key" : label[..labelEnd].ToString(),
            });
        }
    }

    // Forty characters of base64 in a row: whoever only writes of keys has none.
    private static bool HoldsKey(ReadOnlySpan<char> body)
    {
        int run = 0;
        foreach (char c in body)
        {
            run = char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' ? run + 1 : 0;
            if (run >= 24)
            {
                return true;
            }
        }

        return false;
    }
}
