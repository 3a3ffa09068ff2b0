using System.Globalization;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>Measurements as lines of text: each column as wide as its widest entry, figures to the right.</summary>
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

    public static IEnumerable<string> Lines(IReadOnlyList<Measurement> measurements)
    {
        string[][] columns = [.. Columns.Select(c => c.Entries(measurements))];
        for (int row = 0; row <= measurements.Count; row++)
        {
            yield return string.Join(Gap, columns.Select(c => c[row])).TrimEnd();
        }
    }

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
