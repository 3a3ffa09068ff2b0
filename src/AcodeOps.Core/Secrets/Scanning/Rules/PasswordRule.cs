using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>A literal that is given to a name of a password or of a token, in any language.</summary>
internal sealed class PasswordRule : SecretRule
{
    public override string Id => "NamedSecret";

    public override RuleTrust Trust => RuleTrust.Named;

    public override string Kind => "A secret";

    public override IReadOnlyList<string> Keywords => SecretNames.Keywords;

    public override void Look(in Spot spot, MatchList matches)
    {
        if (Assignment.TryRead(spot, out Assignment assignment)
            && SecretNames.Judge(spot.Text[assignment.NameStart..assignment.NameEnd]) is (NameStrength.Password or NameStrength.Token) and var strength
            && LiteralJudge.Find(spot, assignment, strength) is { } found)
        {
            matches.Add(this, spot, found.Start, found.Length, spot.Text[assignment.NameStart..assignment.NameEnd]);
        }
    }
}
