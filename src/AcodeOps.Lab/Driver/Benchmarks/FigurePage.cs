using System.Globalization;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary><c>docs/bench.md</c>: below each benchmark's heading the table of what it measured last, between two marks; all else is written by hand.</summary>
internal static class FigurePage
{
    private const string End = "<!-- end of figures -->";

    /// <summary>Puts the figures of one benchmark in the place of those before.</summary>
    /// <param name="page">The page's file.</param>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="measured">Its figures.</param>
    /// <param name="day">When they were measured.</param>
    public static void Put(string page, string benchmark, IReadOnlyList<Measurement> measured, DateOnly day) =>
        File.WriteAllText(page, Put(File.ReadAllText(page).ReplaceLineEndings("\n"), benchmark, [.. MeasurementTable.MarkdownLines(measured), "", string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}")]));

    /// <summary>The page with these lines below the benchmark's heading; one that it does not have yet is added at the end.</summary>
    public static string Put(string page, string benchmark, IReadOnlyList<string> lines)
    {
        string begin = $"<!-- figures of {benchmark} -->\n";
        string figures = $"{begin}{string.Join('\n', lines)}\n{End}";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        return from < 0
            ? $"{page.TrimEnd()}\n\n## {benchmark}\n\n{figures}\n"
            : page[..from] + figures + page[(page.IndexOf(End, from, StringComparison.Ordinal) + End.Length)..];
    }
}
