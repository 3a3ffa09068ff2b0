using AcodeOps.Tuning;

namespace AcodeOps.Core.Tests.Tuning;

/// <summary>The difference of two readings of statement statistics, and when there is none.</summary>
public sealed class StatementWindowTests
{
    private static readonly SourceDefinition Source = TestInstallation.Definition.Sources[0];
    private static readonly DateTimeOffset Noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Elapsed = TimeSpan.FromSeconds(10);

    [Fact]
    public void Only_what_ran_in_between_is_told()
    {
        StatementTotals idle = Of("idle", 5, 50, 10);
        StatementTotals ran = Assert.Single(Between([idle, Of("busy", 3, 30, 20)], [idle, Of("busy", 5, 130, 60)]));
        Assert.Equal((2UL, 100UL, 60UL), (ran.Executions, ran.TimePicoseconds, ran.LongestPicoseconds));
    }

    [Theory]
    // It has grown; it has not; there was but one.
    [InlineData(2, 100, 60, 60)]
    [InlineData(2, 30, 20, 0)]
    [InlineData(1, 15, 20, 15)]
    public void The_longest_is_told_only_where_it_is_of_the_window(ulong more, ulong time, ulong longest, ulong told) =>
        Assert.Equal(told, Assert.Single(Between([Of("s", 3, 30, 20)], [Of("s", 3 + more, 30 + time, longest)])).LongestPicoseconds);

    [Fact]
    public void A_statement_that_is_new_is_told_whole() =>
        Assert.Equal(20UL, Assert.Single(Between([Of("old", 3, 30, 20)], [Of("old", 3, 30, 20), Of("new", 3, 30, 20)])).LongestPicoseconds);

    [Fact]
    public void The_same_statement_in_another_database_and_the_rest_are_kinds_of_their_own()
    {
        StatementTotals rest = Of(null, 3, 30, 20);
        StatementTotals other = Of("s", 1, 10, 10) with { Key = new StatementKey("other", "s") };
        Assert.Equal(2, Between([Of("s", 3, 30, 20), other, rest], [Of("s", 3, 30, 20), other with { Executions = 2 }, rest with { Executions = 9 }]).Count);
    }

    [Theory]
    [InlineData(2, 20, 0)] // fewer than before
    [InlineData(5, 20, 0)] // more, in less time
    [InlineData(5, 50, 1)] // counted anew, and already more
    public void Statistics_that_were_emptied_tell_nothing(ulong executions, ulong time, int firstSeenLater)
    {
        AcodeException reset = Assert.Throws<AcodeException>(() => Between(
            [Of("s", 3, 30, 20)], [Of("s", executions, time, 20) with { FirstSeenAt = Noon.AddSeconds(firstSeenLater) }]));
        Assert.Equal("StatisticsReset", reset.Id);
        Assert.Throws<AcodeException>(() => Between([Of("gone", 3, 30, 20)], [Of("s", 3, 30, 20)]));
    }

    [Theory]
    [InlineData(100, 110, 10, false)]
    [InlineData(100, 109, 10, false)] // rounded apart
    [InlineData(100, 3, 10, true)]
    [InlineData(2, 5, 10, true)] // it has already run for longer than it had before
    [InlineData(0, 2, 600, true)]
    public void A_server_that_was_started_anew_is_known_by_its_uptime(long before, long after, double elapsed, bool restarted) =>
        Assert.Equal(restarted, StatementWindow.HasRestarted(before, after, TimeSpan.FromSeconds(elapsed)));

    private static IReadOnlyList<StatementTotals> Between(StatementTotals[] before, StatementTotals[] after) =>
        StatementWindow.Between(Source, new StatementSample(100, before), new StatementSample(110, after), Elapsed);

    private static StatementTotals Of(string? digest, ulong executions, ulong time, ulong longest) => new()
    {
        Key = new StatementKey("d", digest),
        Executions = executions,
        TimePicoseconds = time,
        LongestPicoseconds = longest,
        FirstSeenAt = Noon,
    };
}
