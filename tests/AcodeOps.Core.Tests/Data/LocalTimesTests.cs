namespace AcodeOps.Core.Tests.Data;

public sealed class LocalTimesTests
{
    [Theory]
    [InlineData("UTC", "2026-11-24T03:00:00", "2026-11-24T03:00:00Z")]
    [InlineData("America/Sao_Paulo", "2026-11-24T03:00:00", "2026-11-24T06:00:00Z")]
    // Clocks went back at midnight: 23:30 came twice.
    [InlineData("America/Sao_Paulo", "2018-02-17T23:30:00", "2018-02-18T01:30:00Z")]
    // Clocks went forward at midnight: 00:30 never was.
    [InlineData("America/Sao_Paulo", "2018-11-04T00:30:00", "2018-11-04T03:30:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04T01:00:00", "2018-11-04T03:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    public void A_local_time_is_one_moment(string zone, string local, string utc) => Assert.Equal(
        DateTimeOffset.Parse(utc, null), LocalTimes.ToUtc(DateTime.Parse(local, null), LocalTimes.Zone(zone)));

    [Fact]
    public void Every_quarter_of_an_hour_of_a_year_never_looks_younger_than_it_is()
    {
        TimeZoneInfo zone = LocalTimes.Zone("America/Sao_Paulo");
        for (DateTimeOffset utc = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero); utc.Year < 2019; utc = utc.AddMinutes(15))
        {
            DateTimeOffset read = LocalTimes.ToUtc(TimeZoneInfo.ConvertTime(utc, zone).DateTime, zone);
            Assert.InRange(utc - read, TimeSpan.Zero, TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void A_zone_that_is_not_known_is_a_wrong_setting() => Assert.Equal(
        ("TimeZoneUnknown", FailureClass.InvalidInput),
        (Assert.Throws<AcodeException>(() => LocalTimes.Zone("Sao_Paulo/America")) is { } failure ? (failure.Id, failure.Cause) : default));
}
