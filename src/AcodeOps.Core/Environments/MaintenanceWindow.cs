using System.Globalization;

namespace AcodeOps;

/// <summary>A time of the week at which people work on the servers, in the environment's time zone: <c>sunday 02:00-04:00</c>.</summary>
public sealed record MaintenanceWindow
{
    private const string Daily = "daily";

    /// <summary>The days that it begins on; empty for every day.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init => field = value.ToArray(); } = [];

    /// <summary>When it begins.</summary>
    public required TimeOnly From { get; init; }

    /// <summary>When it ends, that minute not included; not after <see cref="From"/> means on the next day.</summary>
    public required TimeOnly To { get; init; }

    /// <summary>True when the time, UTC, is within it.</summary>
    /// <param name="at">The time.</param>
    /// <param name="zone">The environment's time zone.</param>
    public bool Contains(DateTimeOffset at, TimeZoneInfo zone)
    {
        DateTime local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        TimeOnly time = TimeOnly.FromDateTime(local);
        DayOfWeek today = local.DayOfWeek;
        DayOfWeek yesterday = local.AddDays(-1).DayOfWeek;
        return From < To
            ? IsOn(today) && time >= From && time < To
            : (IsOn(today) && time >= From) || (IsOn(yesterday) && time < To);
    }

    /// <summary>Reads <c>sunday 02:00-04:00</c>, <c>saturday, sunday 22:00-06:00</c> or <c>daily 03:00-03:30</c>; null for anything else.</summary>
    public static MaintenanceWindow? TryParse(string text)
    {
        string[] words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || words[^1].Split('-') is not [var from, var to] || TimeOf(from) is not { } begin || TimeOf(to) is not { } end || begin == end)
        {
            return null;
        }

        DayOfWeek?[] days = [.. words[..^1].Select(DayOf)];
        return words is [Daily, _] ? new MaintenanceWindow { From = begin, To = end }
            : days.All(day => day is not null) ? new MaintenanceWindow { Days = [.. days.OfType<DayOfWeek>().Distinct()], From = begin, To = end }
            : null;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        string days = Days.Count == 0 ? Daily : string.Join(", ", Days.Select(day => day.ToString().ToLowerInvariant()));
        return string.Create(CultureInfo.InvariantCulture, $"{days} {From:HH:mm}-{To:HH:mm}");
    }

    private bool IsOn(DayOfWeek day) => Days.Count == 0 || Days.Contains(day);

    private static TimeOnly? TimeOf(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null;

    private static DayOfWeek? DayOf(string text) =>
        Enum.GetValues<DayOfWeek>().Where(day => day.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).Select(day => (DayOfWeek?)day).FirstOrDefault();
}
