using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>What looks random and is given to a name that may be a secret's, such as a key: the last resort, and no more than a warning.</summary>
internal sealed class EntropyRule : SecretRule
{
    public override string Id => "RandomValue";

    public override RuleTrust Trust => RuleTrust.Random;

    public override FindingSeverity Severity => FindingSeverity.Warning;

    public override string Kind => "What looks like a secret";

    public override IReadOnlyList<string> Keywords => SecretNames.Keywords;

    public override void Look(in Spot spot, MatchList matches)
    {
        if (Assignment.TryRead(spot, out Assignment assignment)
            && SecretNames.Judge(spot.Text[assignment.NameStart..assignment.NameEnd]) == NameStrength.Weak
            && LiteralJudge.Find(spot, assignment, NameStrength.Weak) is { } found)
        {
            matches.Add(this, spot, found.Start, found.Length, spot.Text[assignment.NameStart..assignment.NameEnd]);
        }
    }
}
