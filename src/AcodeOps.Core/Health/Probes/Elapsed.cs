using System.Globalization;

namespace AcodeOps.Health.Probes;

/// <summary>Times and counts as one says them at night: <c>3 h 12 min</c>, <c>50,000,001 rows</c>.</summary>
internal static class Elapsed
{
    public static string Text(TimeSpan time) => time switch
    {
        _ when time < TimeSpan.Zero => "0 s",
        _ when time < TimeSpan.FromMinutes(2) => Invariant($"{time.TotalSeconds:0} s"),
        _ when time < TimeSpan.FromHours(2) => Invariant($"{Math.Floor(time.TotalMinutes):0} min"),
        _ when time < TimeSpan.FromDays(3) => Invariant($"{Math.Floor(time.TotalHours):0} h {time.Minutes} min"),
        _ => Invariant($"{Math.Floor(time.TotalDays):0} days"),
    };

    public static string Rows(long rows) => rows == 1 ? "1 row" : Invariant($"{rows:#,0} rows");

    public static string At(DateTimeOffset? time) => time is { } known ? known.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "an unknown time";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
