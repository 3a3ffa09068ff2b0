using AcodeOps.Health;

namespace AcodeOps.Core.Tests.Health;

/// <summary>Freshness, watermark and volume: the pure judgements.</summary>
public sealed class DataJudgementTests
{
    private static readonly Objectives Promised = new();
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData(0, Verdict.Healthy)]
    [InlineData(20, Verdict.Healthy)]
    [InlineData(20.1, Verdict.Degraded)]
    [InlineData(25, Verdict.Degraded)]
    [InlineData(25.1, Verdict.Failed)]
    [InlineData(1000, Verdict.Failed)]
    [InlineData(-0.001, Verdict.Healthy)]
    [InlineData(-1, Verdict.Unknown)]
    public void Processing_time_is_judged_by_the_hour(double hoursAgo, Verdict expected) =>
        Assert.Equal(expected, FreshnessProbe.JudgeProcessed(Watermark(Now.AddHours(-hoursAgo), null), Now, Promised).Verdict);

    [Theory]
    [InlineData(0, Verdict.Healthy)]
    [InlineData(1, Verdict.Healthy)]
    [InlineData(2, Verdict.Degraded)]
    [InlineData(3, Verdict.Failed)]
    [InlineData(-1, Verdict.Unknown)]
    public void Event_dates_are_judged_by_the_day(int daysAgo, Verdict expected) =>
        Assert.Equal(expected, FreshnessProbe.JudgeEventDate(Watermark(null, Today.AddDays(-daysAgo)), Today, Promised).Verdict);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_never_fresh(bool isEmpty)
    {
        TableWatermark nothing = Watermark(null, null) with { IsEmpty = isEmpty };

        foreach (Observation seen in new[] { FreshnessProbe.JudgeProcessed(nothing, Now, Promised), FreshnessProbe.JudgeEventDate(nothing, Today, Promised) })
        {
            Assert.Equal(Verdict.Unknown, seen.Verdict);
            Assert.NotNull(seen.Cause);
            Assert.Null(seen.Value);
            Assert.Equal(isEmpty, seen.Summary.Contains("empty", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(0, Verdict.Healthy)]
    [InlineData(5, Verdict.Healthy)]
    [InlineData(5.1, Verdict.Degraded)]
    [InlineData(-6, Verdict.Degraded)]
    public void The_backup_may_be_a_little_behind(double minutes, Verdict expected)
    {
        Observation seen = WatermarkProbe.Judge(Watermark(Now, null), Watermark(Now.AddMinutes(-minutes), null), Promised);

        Assert.Equal((expected, 5.0), (seen.Verdict, seen.Threshold!.Value));
        Assert.Equal(minutes, seen.Value!.Value, 6);
    }

    [Fact]
    public void An_empty_backup_has_failed_and_an_empty_primary_tells_nothing()
    {
        TableWatermark empty = Watermark(null, null) with { IsEmpty = true };

        Assert.Equal(Verdict.Failed, WatermarkProbe.Judge(Watermark(Now, null), empty, Promised).Verdict);
        Assert.Equal(Verdict.Unknown, WatermarkProbe.Judge(Watermark(Now, null), Watermark(null, null), Promised).Verdict);
        Assert.Equal(Verdict.Unknown, WatermarkProbe.Judge(empty, Watermark(Now, null), Promised).Verdict);
        Assert.Equal(Verdict.Unknown, WatermarkProbe.Judge(empty, empty, Promised).Verdict);
    }

    [Theory]
    [InlineData(1000, 0, Verdict.Healthy)]
    [InlineData(500, 0, Verdict.Healthy)]
    [InlineData(499, 0, Verdict.Degraded)]
    [InlineData(0, 0, Verdict.Failed)]
    // However little today has, or however much: the day is not over.
    [InlineData(1000, 1, Verdict.Healthy)]
    [InlineData(0, 100_000, Verdict.Failed)]
    public void The_closed_day_is_held_against_the_median(long yesterday, long today, Verdict expected)
    {
        Dictionary<DateOnly, long> rows = Enumerable.Range(2, 7).ToDictionary(back => Today.AddDays(-back), _ => 1000L);
        // One wild day does not move the median.
        rows[Today.AddDays(-3)] = 1_000_000;
        rows[Today.AddDays(-1)] = yesterday;
        rows[Today] = today;

        Observation seen = VolumeProbe.Judge(new TableVolume("sales", rows) { CompleteFrom = Today.AddDays(-8), Method = "test" }, Today, Promised);

        Assert.Equal((expected, yesterday / 10.0), (seen.Verdict, seen.Value!.Value));
        Assert.Contains(seen.Evidence, line => line.StartsWith("today so far", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-3)]
    public void Counts_that_are_not_complete_are_not_judged(int? completeFromDays)
    {
        Dictionary<DateOnly, long> rows = Enumerable.Range(1, 8).ToDictionary(back => Today.AddDays(-back), _ => 1000L);
        TableVolume volume = new("sales", rows) { CompleteFrom = completeFromDays is { } days ? Today.AddDays(days) : null, Method = "test" };

        Assert.Equal(Verdict.Unknown, VolumeProbe.Judge(volume, Today, Promised).Verdict);
    }

    [Fact]
    public void Days_without_rows_to_compare_with_tell_nothing() => Assert.Equal(
        Verdict.Unknown,
        VolumeProbe.Judge(new TableVolume("sales", new Dictionary<DateOnly, long>()) { CompleteFrom = Today.AddDays(-8), Method = "test" }, Today, Promised).Verdict);

    private static TableWatermark Watermark(DateTimeOffset? processedAt, DateOnly? eventDate) => new("sales") { ProcessedAt = processedAt, EventDate = eventDate, Method = "test" };
}
