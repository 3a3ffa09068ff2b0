using System.Globalization;

namespace AcodeOps.Secrets.Scanning.Suppressing;

/// <summary>What a line says to have a secret in it, or in the next line, left alone: <c>acode:allow-secret until 2027-01-31 a test's password</c>.</summary>
/// <param name="Until">The last day; null where it is missing or no date.</param>
/// <param name="Reason">Why.</param>
internal sealed record InlineSuppression(DateOnly? Until, string Reason)
{
    /// <summary>What it begins with.</summary>
    public const string Sign = "acode:allow-secret";

    private const int Farthest = 400;

    /// <summary>What is said near a match, from its sign on; null where nothing is.</summary>
    public static string? Find(ReadOnlySpan<char> text, int start, int end)
    {
        int from = Math.Max(0, start - Farthest), to = Math.Min(text.Length, end + Farthest);
        int lineStart = from + text[from..start].LastIndexOf('\n') + 1;
        int lineEnd = text[end..to].IndexOf('\n');
        ReadOnlySpan<char> line = text[lineStart..(lineEnd < 0 ? to : end + lineEnd)];
        int beforeStart = lineStart < 2 ? 0 : Math.Max(0, text[..(lineStart - 1)].LastIndexOf('\n') + 1);
        ReadOnlySpan<char> before = lineStart - beforeStart is > 1 and < Farthest ? text[beforeStart..(lineStart - 1)] : default;
        int here = line.IndexOf(Sign, StringComparison.Ordinal), above = before.IndexOf(Sign, StringComparison.Ordinal);
        return here >= 0 ? line[here..].Trim().ToString()
            // Above, only a line of its own: a line with a secret speaks for itself alone.
            : above >= 0 && before[..above].IndexOfAny('=', ':') < 0 ? before[above..].Trim().ToString()
            : null;
    }

    /// <summary>Reads what was said.</summary>
    public static InlineSuppression Parse(string note)
    {
        string[] words = note[Sign.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words is ["until", var date, .. var reason] && DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly until)
            ? new(until, string.Join(' ', reason).TrimEnd('-', '>', '*', '/', ' '))
            : new(null, "");
    }
}
