using System.Globalization;

namespace AcodeOps.Reports;

/// <summary>Times and figures as a report writes them. What is not known is said, and never a number.</summary>
internal static class ReportText
{
    /// <summary>What stands for a value that nobody knows.</summary>
    public const string NotKnown = "not known";

    /// <summary>A time, UTC, to the second.</summary>
    public static string At(DateTimeOffset? time) =>
        time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : NotKnown;

    /// <summary>A number of things.</summary>
    public static string Count(long? number) => number is { } n ? n.ToString("N0", CultureInfo.InvariantCulture) : NotKnown;

    /// <summary>A number of objects, with the word for them.</summary>
    public static string Objects(long objects) => objects == 1 ? "1 object" : $"{Count(objects)} objects";

    /// <summary>A number of rows, with the word for them.</summary>
    public static string Rows(long rows) => rows == 1 ? "1 row" : $"{Count(rows)} rows";

    /// <summary>A duration: milliseconds below a tenth of a second, tenths of a second below a minute, then the two largest units.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } s)
        {
            return NotKnown;
        }

        TimeSpan time = TimeSpan.FromSeconds(s);
        return s switch
        {
            > 0 and < 0.095 => string.Create(CultureInfo.InvariantCulture, $"{s * 1000:0.##} ms"),
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{s:0.#} s"),
            < 3600 => $"{time.Minutes} min {time.Seconds:00} s",
            < 86400 => $"{time.Hours} h {time.Minutes:00} min",
            _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours:00} h"),
        };
    }

    /// <summary>A sentence's first letter as a capital.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
