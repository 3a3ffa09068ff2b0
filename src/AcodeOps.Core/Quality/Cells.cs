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

    /// <summary>
    /// A value as a time of the source's clock on the wall; null where it is none. A text that says it is UTC may be just that, or what a column
    /// without a zone has become on its way into Parquet: then both are possible.
    /// </summary>
    public static WallTime? Time(object? value, TimeZoneInfo zone) => value switch
    {
        DateTime { Kind: DateTimeKind.Utc } time => WallTime.Of(TimeZoneInfo.ConvertTimeFromUtc(time, zone)),
        DateTime time => WallTime.Of(time),
        DateOnly date => WallTime.Of(date.ToDateTime(default)),
        string text when Parse(text.Trim()) is { } time => text.TrimEnd().EndsWith('Z')
            ? WallTime.Of(time, TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(time, DateTimeKind.Utc), zone))
            : WallTime.Of(time),
        _ => null,
    };

    private static DateTime? Parse(string text) =>
        DateTime.TryParseExact(text.TrimEnd('Z'), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null;
}

/// <summary>A time on the wall, between two where it is not known which.</summary>
/// <param name="Earliest">The earlier one.</param>
/// <param name="Latest">The later one.</param>
internal readonly record struct WallTime(DateTime Earliest, DateTime Latest)
{
    /// <summary>One that is known.</summary>
    public static WallTime Of(DateTime time) => new(time, time);

    /// <summary>One of two.</summary>
    public static WallTime Of(DateTime one, DateTime other) => one <= other ? new(one, other) : new(other, one);

    /// <summary>The day, where it is a date.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Earliest);
}
