using System.Text;
using AcodeOps.Documents;

namespace AcodeOps.Adapters.Reports;

/// <summary>The labels of a chart, which does not break lines by itself.</summary>
internal static class ChartLabel
{
    private const int Lines = 2;
    private const char Ellipsis = '…';

    /// <summary>The label on at most two lines; what does not fit is left out, and that is shown.</summary>
    /// <param name="label">The label.</param>
    /// <param name="room">How many characters a line takes.</param>
    public static string Broken(string label, int room)
    {
        string rest = Clean(label);
        StringBuilder broken = new();
        for (int line = 1; rest.Length > 0; line++)
        {
            if (rest.Length <= room)
            {
                return broken.Append(rest).ToString();
            }

            if (line == Lines)
            {
                return broken.Append(rest.AsSpan(0, Cut(rest, room - 1))).Append(Ellipsis).ToString();
            }

            int space = rest.LastIndexOf(' ', room);
            int end = space > room / 2 ? space : Cut(rest, room);
            broken.Append(rest.AsSpan(0, end)).Append('\n');
            rest = rest[end..].TrimStart();
        }

        return broken.ToString();
    }

    /// <summary>Without what a drawing cannot hold, and what would steer a screen.</summary>
    public static string Clean(string text) =>
        string.Concat(Legible.OnOneLine(text).EnumerateRunes().Select(rune => rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune)).Trim();

    // Never through a pair of surrogates.
    private static int Cut(string text, int at) => char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
}
