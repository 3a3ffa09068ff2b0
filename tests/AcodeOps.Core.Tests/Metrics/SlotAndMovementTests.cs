using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Health.Probes;
using AcodeOps.Metrics.Groups;
using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Metrics;

/// <summary>Which days were missed, and whether a sync without rows is one that should have had some.</summary>
public sealed class SlotAndMovementTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Midnight = Now.AddHours(-12);

    [Fact]
    public void A_day_is_missed_at_whose_end_nothing_fresh_had_landed()
    {
        // One at six each morning, for ten days.
        Sync[] daily = [.. Enumerable.Range(0, 10).Select(back => Sync(Midnight.AddDays(-back).AddHours(6), 100))];
        Assert.Equal(0, Missed(daily));
        Assert.Equal(1, Missed([.. daily.Where((_, i) => i != 3)]));
        Assert.Equal(2, Missed([.. daily.Where((_, i) => i is not 3 and not 4)]));
        // A failed one, one without rows, and today's, which has not ended.
        Assert.Equal(2, Missed([.. daily.Select((sync, i) => i switch { 2 => sync with { Status = SyncStatus.Failed }, 5 => sync with { RowsSynced = 0 }, _ => sync })]));
        Assert.Equal(0, Missed([.. daily.Skip(1)]));
        // Two that were late by half a day, and so in time for the next midnight, and the one before was not.
        Assert.Equal(0, Missed([.. daily.Select(sync => sync with { UpdatedAt = sync.UpdatedAt!.Value.AddHours(15) })]));
    }

    [Fact]
    public void Days_before_the_first_sync_are_no_slots_and_no_sync_at_all_is_unknown()
    {
        Assert.Equal(0, Missed([Sync(Midnight.AddHours(6), 100)]));
        Assert.Null(MissedSlotMetrics.Missed([], TimeZoneInfo.Utc, Now, 25).Value);
    }

    [Theory]
    [InlineData(100L, true, null, 1.0)]
    [InlineData(0L, false, null, 1.0)]
    [InlineData(0L, true, true, 1.0)]
    [InlineData(0L, true, false, 0.0)]
    [InlineData(0L, true, null, null)]
    [InlineData(null, true, null, null)]
    public void A_sync_without_rows_is_held_against_what_the_source_had(long? rows, bool isIncremental, bool? hasMoved, double? expected)
    {
        Connection connection = Installed.PrimaryConnection with { Status = ConnectionStatus.Active, Streams = [.. Installed.PrimaryConnection.Streams.Select(stream => stream with { SyncMode = isIncremental ? "incremental_append" : "full_refresh_append" })] };
        RouteReading route = new()
        {
            Definition = TestInstallation.Definition.Routes[0],
            Route = new Route { Name = "primary", Source = SourceRole.Primary, Storage = StorageRole.Primary, Preference = 1, ConnectionName = "main", Status = ConnectionStatus.Active },
            Connection = connection,
            Syncs = [Sync(Now.AddHours(-1), rows)],
        };
        Assert.Equal(expected, Assert.Single(SourceMovementMetrics.Of(new(route, hasMoved is null ? null : new SourceMovement(hasMoved, "as told")), Now)).Value);
        Assert.Empty(SourceMovementMetrics.Of(new(route with { Route = route.Route with { Status = ConnectionStatus.Inactive } }, null), Now));
        Assert.Empty(SourceMovementMetrics.Of(new(route with { Syncs = [] }, null), Now));
    }

    private static double? Missed(Sync[] syncs) => MissedSlotMetrics.Missed(syncs, TimeZoneInfo.Utc, Now, 25).Value;

    private static Sync Sync(DateTimeOffset endedAt, long? rows) => new()
    {
        JobId = endedAt.DayOfYear,
        ConnectionId = Guid.Empty,
        JobType = "sync",
        Status = SyncStatus.Succeeded,
        StartedAt = endedAt.AddMinutes(-20),
        UpdatedAt = endedAt,
        RowsSynced = rows,
    };
}
