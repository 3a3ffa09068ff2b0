using AcodeOps.Core.Tests.Data.Exporting;
using AcodeOps.Quality;
using AcodeOps.Quality.Days;

namespace AcodeOps.Core.Tests.Quality;

/// <summary>Days as a whole, held against the same days of the weeks before.</summary>
public sealed class DayCheckTests
{
    private static readonly TableDefinition Sales = new() { Name = "sales", EventDate = "Data" };
    private static readonly DateOnly Today = new(2026, 11, 27);
    private static readonly DateOnly Yesterday = Today.AddDays(-1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, Verdict.Healthy, 100)]
    [InlineData(5, Verdict.Healthy, 50)]
    [InlineData(4, Verdict.Degraded, 40)]
    [InlineData(0, Verdict.Degraded, 0)]
    public async Task A_day_is_held_against_its_weekday(int rows, Verdict verdict, double percent)
    {
        // Every other day has a hundred times as many: the mean of the week would say that something is missing.
        FakeSource source = Source((Yesterday, rows), (Yesterday.AddDays(-1), 1000), (Yesterday.AddDays(-7), 10), (Yesterday.AddDays(-14), 10), (Yesterday.AddDays(-21), 90), (Yesterday.AddDays(-28), 8));
        QualityRuleResult result = await TestAsync("weekday", source);
        Assert.Equal((verdict, percent), (result.Verdict, result.Value));
        Assert.Equal(verdict == Verdict.Healthy ? 1 : percent / 50, result.Share);
    }

    [Fact]
    public async Task Of_several_days_the_worst_counts()
    {
        FakeSource source = Source([.. Enumerable.Range(0, 40).Select(back => (Yesterday.AddDays(-back), back == 1 ? 2 : 10))]);
        QualityRuleResult result = await TestAsync("weekday", source, from: Yesterday.AddDays(-2));
        Assert.Equal((Verdict.Degraded, 20), (result.Verdict, result.Value));
        Assert.StartsWith("2026-11-25 has 2 rows", result.Summary, StringComparison.Ordinal);
        Assert.Equal(Verdict.Healthy, (await TestAsync("rows", source, from: Yesterday.AddDays(-2))).Verdict);
    }

    [Fact]
    public async Task Without_weeks_before_it_is_unknown_and_no_failure()
    {
        QualityRuleResult result = await TestAsync("weekday", Source((Yesterday, 10), (Yesterday.AddDays(-7), 10)));
        Assert.Equal((Verdict.Unknown, null, null), (result.Verdict, result.Value, result.Share));
    }

    [Fact]
    public async Task No_rows_is_no_success()
    {
        QualityRuleResult result = await TestAsync("rows", Source((Yesterday.AddDays(-1), 10)));
        Assert.Equal((Verdict.Failed, 0, 0), (result.Verdict, result.Value, result.Share));
    }

    [Fact]
    public async Task Days_that_have_not_come_are_counted()
    {
        QualityRuleResult result = await TestAsync("futureDate", Source((Yesterday, 30), (Today, 5), (Today.AddDays(1), 3), (Today.AddYears(500), 7)), rows: 30);
        Assert.Equal((Verdict.Failed, 10, 0.75), (result.Verdict, result.Value, result.Share));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_unknown_with_the_reason()
    {
        FakeSource source = Source((Yesterday, 1));
        source.Fault = new AcodeException("SourceTimedOut", FailureClass.Timeout, "It took too long.");
        QualityRuleResult result = await TestAsync("rows", source);
        Assert.Equal((Verdict.Unknown, "SourceTimedOut", "It took too long."), (result.Verdict, result.ErrorId, result.Summary));
    }

    private static Task<QualityRuleResult> TestAsync(string check, FakeSource source, DateOnly? from = null, long rows = 10) => DayRuleResult.OfAsync(
        new QualityRuleDefinition { Table = "sales", Check = check }, new DayReading(source, Sales, from ?? Yesterday, Yesterday, Today), new Objectives(), rows, Cancel);

    private static FakeSource Source(params (DateOnly Day, int Rows)[] days)
    {
        FakeSource source = new(SourceRole.Primary);
        source.Tables["sales"] = [.. days.SelectMany(day => Enumerable.Repeat(new FakeSource.Row(1, day.Day, null), day.Rows))];
        return source;
    }
}
