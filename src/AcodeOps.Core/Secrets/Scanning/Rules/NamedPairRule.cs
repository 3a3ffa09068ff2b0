using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>
/// A name and its value apart from each other, as lists of variables have them: <c>name: DB_PASSWORD</c> and <c>value: …</c> in
/// the next line, <c>&lt;add key="DbPassword" value="…" /&gt;</c>.
/// </summary>
internal sealed partial class NamedPairRule : SecretRule
{
    private const int Farthest = 400;

    public override string Id => "NamedSecret";

    public override RuleTrust Trust => RuleTrust.Named;

    public override string Kind => "A secret";

    public override IReadOnlyList<string> Keywords => SecretNames.Keywords;

    public override void Look(in Spot spot, MatchList matches)
    {
        (int start, int end) = Assignment.NameAround(spot);
        ReadOnlySpan<char> before = spot.Text[Math.Max(spot.LineStart, start - 24)..start];
        if (!Before().IsMatch(before) || SecretNames.Judge(spot.Text[start..end]) is NameStrength.None and var strength)
        {
            return;
        }

        strength = SecretNames.Judge(spot.Text[start..end]);
        ReadOnlySpan<char> after = spot.Text[end..Math.Min(spot.Text.Length, end + Farthest)];
        foreach (ValueMatch value in Value().EnumerateMatches(after))
        {
            if (value.Index > 0)
            {
                return;
            }

            // Read as if the value's own name were the secret's.
            int at = end + value.Length;
            Spot there = new(spot.Text, at, 0, spot.Traits);
            Assignment pair = new(start, end, at, at) { Form = after[value.Length - 1] == '>' ? AssignmentForm.Element : AssignmentForm.Colon, IsAtLineStart = spot.Kind == TextKind.Settings && before.IndexOf('"') < 0 };
            pair = ValueReading.Read(there, pair);
            if (pair.ValueEnd > pair.ValueStart && LiteralJudge.Find(there, pair, strength) is { } found)
            {
                matches.Add(this, there, found.Start, found.Length, spot.Text[start..end]);
            }
        }
    }

    [GeneratedRegex("""(?:^|[\s"'{<,(-])(?:name|key|id|Name|Key)["']?\s{0,3}[:=]\s{0,3}["']?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex("""\G["']?\s{0,3},?\s{0,80}(?:xml:space="preserve"\s{0,3})?(?:["']?value["']?\s{0,3}[:=]|/?>\s{0,40}<value>)[ \t]{0,4}""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Value();
}
