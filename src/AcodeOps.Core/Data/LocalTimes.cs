namespace AcodeOps;

/// <summary>Turns times that a source wrote without a zone into UTC.</summary>
public static class LocalTimes
{
    /// <summary>
    /// The moment of a local time. An hour that comes twice (clocks go back) is taken as its first coming, so that data
    /// never looks younger than it is; an hour that does not exist (clocks go forward) counts on from before the jump.
    /// </summary>
    public static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        TimeSpan offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3))
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
    }

    /// <summary>The zone of an IANA name.</summary>
    /// <exception cref="AcodeException"><c>TimeZoneUnknown</c>: this machine does not know it.</exception>
    public static TimeZoneInfo Zone(string name)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new AcodeException("TimeZoneUnknown", FailureClass.InvalidInput, $"This machine does not know the time zone '{name}'.")
            {
                Advice = "Check timeZone in the environment file (an IANA name, as America/Sao_Paulo), and that the machine has the time zone data (package tzdata).",
            };
        }
    }

    /// <summary>Today's date in a zone.</summary>
    public static DateOnly Today(DateTimeOffset now, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
}
