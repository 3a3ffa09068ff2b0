using AcodeOps.Comparing;
using AcodeOps.Quality;

namespace AcodeOps.Core.Tests.Data.Comparing;

/// <summary>Rows that were not read are never told for missing or changed: they may be in flight. What the other side has too much is certain.</summary>
public sealed class RowComparisonTests
{
    private static readonly DateTime Until = new(2026, 3, 1, 12, 0, 0);
    private static readonly DataDifference Begun = new() { Environment = "test", Table = "sales", From = "source", To = "lake", Verdict = Verdict.Unknown, ComparedAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public void A_change_of_many_rows_that_were_not_read_is_unknown()
    {
        DifferenceTally tally = new(mostRows: 10);
        Assert.Empty(Comparison(tally).Choose([new DifferingStretch(new Keys(1, 100), 100, 100), new DifferingStretch(new Keys(101, 200), 100, 60)]));
        DataDifference told = tally.Into(Begun);
        Assert.Equal((Verdict.Unknown, false, 0L, 0L, 41L), (told.Verdict, told.IsWhole, told.Missing, told.Changed, told.RowsUndecided));
    }

    [Fact]
    public void What_the_other_side_has_too_much_is_certain_but_beyond_a_replica_that_may_be_behind()
    {
        DifferenceTally tally = new(mostRows: 10);
        Comparison(tally).Choose([new DifferingStretch(new Keys(1, 100), 50, 60)]);
        Assert.Equal((Verdict.Failed, 10L), (tally.Into(Begun).Verdict, tally.Into(Begun).Extra));

        DifferenceTally behind = new(mostRows: 10);
        Comparison(behind, lastFrom: 80).Choose([new DifferingStretch(new Keys(1, 100), 50, 60)]);
        Assert.Equal((Verdict.Unknown, 0L), (behind.Into(Begun).Verdict, behind.Into(Begun).Extra));
    }

    [Fact]
    public void A_stretch_that_is_too_large_leaves_the_others_to_be_read()
    {
        DifferenceTally tally = new(mostRows: 10);
        List<Keys> chosen = Comparison(tally).Choose([new DifferingStretch(new Keys(1, 100), 100, 0), new DifferingStretch(new Keys(200, 203), 4, 4), new DifferingStretch(new Keys(204, 206), 3, 3)]);
        Assert.Equal([new Keys(200, 206)], chosen);
    }

    [Theory]
    [InlineData(-1, 5L, Verdict.Failed, 1L, 0L, 0L)]
    [InlineData(+1, 5L, Verdict.Healthy, 0L, 1L, 0L)]
    [InlineData(null, 9L, Verdict.Failed, 1L, 0L, 0L)]
    [InlineData(null, 5L, Verdict.Unknown, 0L, 0L, 1L)]
    [InlineData(null, null, Verdict.Failed, 1L, 0L, 0L)]
    public void A_row_that_is_not_there_is_missing_in_flight_or_undecided(int? minutes, long? lastTo, Verdict verdict, long missing, long inFlight, long undecided)
    {
        DifferenceTally tally = new(mostRows: 10);
        ComparedRow row = new(7, []) { ProcessedAtWall = minutes is { } some ? WallTime.Of(Until.AddMinutes(some)) : null };
        Comparison(tally, lastTo).Compare(new() { [7] = row }, []);
        DataDifference told = tally.Into(Begun);
        Assert.Equal((verdict, missing, inFlight, undecided), (told.Verdict, told.Missing, told.RowsInFlight, told.RowsUndecided));
    }

    private static RowComparison Comparison(DifferenceTally tally, long? lastTo = 1_000, long? lastFrom = null) =>
        new(new ComparedTable(TestInstallation.Definition.Tables[0], [], TimeZoneInfo.Utc), new DueRows(Until, "told"), tally) { LastTo = lastTo, LastFrom = lastFrom };
}
