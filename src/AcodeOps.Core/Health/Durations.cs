using System.Globalization;

namespace AcodeOps.Health;

/// <summary>Durations as people say them.</summary>
internal static class Durations
{
    /// <summary><c>45 s</c>, <c>12 min</c>, <c>5.5 h</c>, <c>3.2 d</c>.</summary>
    public static string InWords(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7_200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:0.#} d"),
    };
}
