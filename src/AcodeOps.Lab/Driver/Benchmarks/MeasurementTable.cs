using System.Globalization;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>Measurements as a table.</summary>
internal static class MeasurementTable
{
    private const string Gap = "  ";
    private static readonly Column[] Columns =
    [
        new("what", m => m.What),
        new("figure", m => Text(m.Figure), ToTheRight: true),
        new("unit", m => m.Unit),
        new("compared with", m => m.Peer ?? ""),
        new("figure", m => m.PeerFigure is { } figure ? Text(figure) : "", ToTheRight: true),
        new("ratio", m => m.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "", ToTheRight: true),
    ];

    /// <summary>As lines of text: each column as wide as its widest entry, figures to the right.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Measurement> measurements)
    {
        string[][] columns = [.. Columns.Select(c => c.Entries(measurements))];
        for (int row = 0; row <= measurements.Count; row++)
        {
            yield return string.Join(Gap, columns.Select(c => c[row])).TrimEnd();
        }
    }

    /// <summary>The same as a table of Markdown.</summary>
    public static IEnumerable<string> MarkdownLines(IReadOnlyList<Measurement> measurements) =>
    [
        Row(Columns.Select(column => column.Title)),
        Row(Columns.Select(column => column.ToTheRight ? "---:" : "---")),
        .. measurements.Select(measurement => Row(Columns.Select(column => column.Entry(measurement)))),
    ];

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";

    // Three digits say what a benchmark knows.
    private static string Text(double figure) =>
        figure.ToString(Math.Abs(figure) >= 100 ? "0" : Math.Abs(figure) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private sealed record Column(string Title, Func<Measurement, string> Entry, bool ToTheRight = false)
    {
        public string[] Entries(IReadOnlyList<Measurement> measurements)
        {
            string[] entries = [Title, .. measurements.Select(Entry)];
            int width = entries.Max(e => e.Length);
            return [.. entries.Select(e => ToTheRight ? e.PadLeft(width) : e.PadRight(width))];
        }
    }
}
