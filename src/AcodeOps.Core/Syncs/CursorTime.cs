using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Syncs;

/// <summary>A cursor's value that is a date or a time, and how it is written.</summary>
/// <param name="At">The time; of a date, its midnight.</param>
/// <param name="Format">Its own form: with or without a time, with so many digits of a second, with or without the mark of UTC.</param>
internal readonly partial record struct CursorTime(DateTime At, string Format)
{
    /// <summary>Null when the text is no date or time.</summary>
    public static CursorTime? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int digits = match.Groups["fraction"].Length;
        string format = "yyyy-MM-dd" + (match.Groups["time"].Success ? "'T'HH:mm:ss" : "")
            + (digits > 0 ? "." + new string('f', digits) : "") + (match.Groups["utc"].Success ? "'Z'" : "");
        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime at) ? new CursorTime(at, format) : null;
    }

    /// <summary>Earlier by a time, and no earlier than there are times. What its form cannot tell is cut off, which is earlier still.</summary>
    public CursorTime Back(TimeSpan by) => this with { At = by.Ticks < At.Ticks ? At - by : DateTime.MinValue };

    /// <inheritdoc />
    public override string ToString() => At.ToString(Format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(?<time>T\d{2}:\d{2}:\d{2}(\.(?<fraction>\d{1,7}))?(?<utc>Z)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
