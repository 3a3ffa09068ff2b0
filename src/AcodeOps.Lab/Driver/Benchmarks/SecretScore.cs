using AcodeOps.Lab.Secrets;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>What a search found of labelled lines: a line counts once, however much is found in it.</summary>
/// <param name="Labelled">The lines that hold a secret.</param>
/// <param name="Found">Those of them that were found.</param>
/// <param name="Wrong">The lines that were told and hold none.</param>
internal sealed record SecretScore(int Labelled, int Found, int Wrong)
{
    public double Recall => (double)Found / Labelled;

    public double Precision => Found + Wrong == 0 ? 1 : (double)Found / (Found + Wrong);

    public static SecretScore Of(IReadOnlyList<SecretCase> cases, IReadOnlySet<(string File, int Line)> found, Func<SecretCase, bool> takesPart)
    {
        (int labelled, int right, int wrong) = (0, 0, 0);
        for (int i = 0; i < cases.Count; i++)
        {
            if (takesPart(cases[i]))
            {
                HashSet<int> lines = [.. found.Where(place => place.File == SecretBenchmarkText.FileOf(cases[i], i)).Select(place => place.Line)];
                labelled += cases[i].Secrets.Count;
                right += lines.Count(cases[i].Secrets.Contains);
                wrong += lines.Count(line => !cases[i].Secrets.Contains(line));
            }
        }

        return new SecretScore(labelled, right, wrong);
    }
}
