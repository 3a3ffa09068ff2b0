using AcodeOps.Lab.Secrets;
using AcodeOps.Secrets.Scanning;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Core.Tests.Secrets.Scanning;

/// <summary>What of the labelled corpus is found, line by line, and what is found beside it.</summary>
[Collection(Alone.Name)]
public sealed class SecretCorpusTests(ITestOutputHelper output)
{
    private const double LeastRecall = 0.97;
    private const double LeastPrecision = 0.90;
    private static readonly IReadOnlyList<SecretCase> Cases = SecretCorpus.Read(Path.Combine(AppContext.BaseDirectory, "Secrets", "Scanning", "Corpus"));

    [Fact]
    public void The_corpus_is_large_and_holds_as_much_that_is_none()
    {
        Assert.True(Cases.Count >= 300, $"{Cases.Count} cases.");
        Assert.Equal(Cases.Count, Cases.DistinctBy(one => one.Name).Count());
        Assert.InRange((double)Cases.Count(one => one.Secrets.Count > 0) / Cases.Count, 0.45, 0.6);
        Assert.InRange((double)Cases.Count(one => one.IsHeldOut) / Cases.Count, 0.27, 0.4);
    }

    [Fact]
    public void Nearly_all_secrets_are_found_and_little_else()
    {
        Score known = ScoreOf(Cases.Where(one => !one.IsHeldOut), "known"), heldOut = ScoreOf(Cases.Where(one => one.IsHeldOut), "held out");
        Score all = known.And(heldOut);
        output.WriteLine($"known: {known}\nheld out: {heldOut}\nall: {all}");
        Assert.True(all.Recall >= LeastRecall && all.Precision >= LeastPrecision, $"{all}");
    }

    private Score ScoreOf(IEnumerable<SecretCase> cases, string part)
    {
        Score score = new(0, 0, 0);
        foreach (SecretCase one in cases)
        {
            HashSet<int> found = LinesOf(one);
            foreach (int line in one.Secrets.Except(found))
            {
                output.WriteLine($"missed ({part}): {one.Name}, line {line}: {Brief(one, line)}");
            }

            foreach (int line in found.Except(one.Secrets))
            {
                output.WriteLine($"wrong ({part}): {one.Name}, line {line}: {Brief(one, line)}");
            }

            score = score.And(new(found.Intersect(one.Secrets).Count(), one.Secrets.Except(found).Count(), found.Except(one.Secrets).Count()));
        }

        return score;
    }

    private static HashSet<int> LinesOf(SecretCase one)
    {
        string text = string.Join('\n', one.Lines);
        return [.. TextScan.Find(text, TextTraits.Of(one.File)).Select(match => text.AsSpan(0, match.Start).Count('\n') + 1)];
    }

    private static string Brief(SecretCase one, int line) => one.Lines[line - 1].Length < 160 ? one.Lines[line - 1] : one.Lines[line - 1][..160];

    private sealed record Score(int Found, int Missed, int Wrong)
    {
        public double Recall => (double)Found / (Found + Missed);

        public double Precision => (double)Found / (Found + Wrong);

        public Score And(Score other) => new(Found + other.Found, Missed + other.Missed, Wrong + other.Wrong);

        public override string ToString() => FormattableString.Invariant($"recall {Recall:P1}, precision {Precision:P1} ({Found} found, {Missed} missed, {Wrong} wrong)");
    }
}
