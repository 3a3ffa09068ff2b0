namespace AcodeOps.Core.Tests.Watching;

/// <summary>Times of the week, in the environment's time zone.</summary>
public sealed class MaintenanceWindowTests
{
    private static readonly TimeZoneInfo SaoPaulo = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");

    [Theory]
    [InlineData("sunday 02:00-04:00", "2026-11-22T04:59:00Z", false)]
    [InlineData("sunday 02:00-04:00", "2026-11-22T05:00:00Z", true)]
    [InlineData("sunday 02:00-04:00", "2026-11-22T06:59:59Z", true)]
    [InlineData("sunday 02:00-04:00", "2026-11-22T07:00:00Z", false)]
    [InlineData("sunday 02:00-04:00", "2026-11-23T05:30:00Z", false)]
    [InlineData("daily 02:00-04:00", "2026-11-23T05:30:00Z", true)]
    [InlineData("saturday 22:00-06:00", "2026-11-22T01:30:00Z", true)]
    [InlineData("saturday 22:00-06:00", "2026-11-22T08:30:00Z", true)]
    [InlineData("saturday 22:00-06:00", "2026-11-22T09:00:00Z", false)]
    [InlineData("saturday 22:00-06:00", "2026-11-21T05:00:00Z", false)]
    [InlineData("saturday, sunday 22:00-06:00", "2026-11-23T05:00:00Z", true)]
    public void Contains_what_lies_within(string window, string at, bool isWithin) =>
        Assert.Equal(isWithin, MaintenanceWindow.TryParse(window)!.Contains(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), SaoPaulo));

    [Theory]
    [InlineData("sunday 02:00-04:00", "sunday 02:00-04:00")]
    [InlineData("Saturday,Sunday 22:00-06:00", "saturday, sunday 22:00-06:00")]
    [InlineData("daily 03:00-03:30", "daily 03:00-03:30")]
    [InlineData("sunday", null)]
    [InlineData("02:00-04:00", null)]
    [InlineData("sunday 02:00", null)]
    [InlineData("sunday 2-4", null)]
    [InlineData("sunday 24:00-25:00", null)]
    [InlineData("sunday 02:00-02:00", null)]
    [InlineData("daily sunday 02:00-04:00", null)]
    [InlineData("someday 02:00-04:00", null)]
    [InlineData("", null)]
    public void Is_read_or_refused(string text, string? read) => Assert.Equal(read, MaintenanceWindow.TryParse(text)?.ToString());
}
