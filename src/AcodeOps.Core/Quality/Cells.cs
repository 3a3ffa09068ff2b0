using System.Globalization;

namespace AcodeOps.Quality;

/// <summary>Values of rows as checks see them, whether they come from a source (typed) or from the lake (as text).</summary>
internal static class Cells
{
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    /// <summary>A value as text, without spaces around it; null for NULL and for what is only spaces: both tell nothing.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A value as a number; null where it is none.</summary>
    public static double? Number(object? value) => value switch
    {
        null or DateOnly or DateTime or bool or byte[] => null,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A value as a time of the source's clock on the wall; null where it is none.</summary>
    public static DateTime? Time(object? value) => value switch
    {
        DateTime time => time,
        DateOnly date => date.ToDateTime(default),
        string text => DateTime.TryParseExact(text.Trim().TrimEnd('Z'), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null,
        _ => null,
    };
}
