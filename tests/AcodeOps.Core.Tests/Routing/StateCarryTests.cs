using System.Text.Json.Nodes;
using AcodeOps.Routing;

namespace AcodeOps.Core.Tests.Routing;

public sealed class StateCarryTests
{
    private static readonly PlannedRoute Primary = Routes.Of(SourceRole.Primary, StorageRole.Primary);
    private static readonly PlannedRoute OtherBucket = Routes.Of(SourceRole.Primary, StorageRole.Backup);
    private static readonly PlannedRoute Replica = Routes.Of(SourceRole.Backup, StorageRole.Backup);

    [Fact]
    public void The_same_source_reads_on_from_where_the_other_route_stopped_exactly() =>
        Assert.Equal("2026-03-01T12:00:00.000000", NewCursor(Primary, OtherBucket, old: "2026-03-01T12:00:00.000000", lag: 0));

    [Fact]
    public void The_replica_reads_from_there_set_back_by_its_lag_and_the_margin() =>
        Assert.Equal("2026-03-01T11:58:30.000000", NewCursor(Primary, Replica, old: "2026-03-01T12:00:00.000000", lag: 30));

    [Fact]
    public void A_numeric_cursor_cannot_be_set_back_by_time_and_goes_no_further_than_the_replica() =>
        Assert.Equal("4000", NewCursor(Primary, Replica, old: "4711", lag: 30, source: "4000"));

    [Fact]
    public void On_the_way_back_the_primary_is_read_from_what_the_replica_held_when_it_took_over() => Assert.Equal(
        "2026-03-01T11:49:00.000000",
        NewCursor(Replica, Primary, old: "2026-03-03T09:00:00.000000", lag: 0, own: "2026-03-01T12:00:00.000000", takeover: "2026-03-01T11:50:00.000000"));

    [Fact]
    public void Without_a_record_of_the_takeover_the_primary_reads_on_from_its_own_state() => Assert.Equal(
        "2026-03-01T11:59:00.000000", NewCursor(Replica, Primary, old: "2026-03-03T09:00:00.000000", lag: 0, own: "2026-03-01T12:00:00.000000"));

    [Fact]
    public void It_never_reads_from_beyond_where_the_other_route_stands() => Assert.Equal(
        "2026-03-01T09:59:00.000000",
        NewCursor(Replica, Primary, old: "2026-03-01T10:00:00.000000", lag: 0, own: "2026-03-01T12:00:00.000000", takeover: "2026-03-01T11:50:00.000000"));

    [Fact]
    public void The_namespace_is_the_new_sources_and_all_else_of_the_state_is_kept()
    {
        CarriedStream carried = Assert.Single(Carry(Primary, Replica, "2026-03-01T12:00:00.000000", 0, null, null, null).Compute());

        JsonNode state = JsonNode.Parse(carried.State.Json!)!;
        Assert.Equal("shop_replica", carried.State.Namespace);
        Assert.Equal("shop_replica", (string?)state["stream_namespace"]);
        Assert.Equal(7, (int)state["cursor_record_count"]!);
    }

    [Fact]
    public void Without_a_cursor_nothing_can_be_carried()
    {
        AcodeException refused = Assert.Throws<AcodeException>(() => Carry(Primary, Replica, null, 0, null, null, null).Compute());
        Assert.Equal(("CursorMissing", FailureClass.Refused), (refused.Id, refused.Cause));
    }

    // Whatever the lag, the margin and the states: what the lake lacks is read. The lake has what was read before: everything
    // on the primary up to its cursor, everything on the replica up to the replica's.
    [Fact]
    public void There_and_back_no_row_is_passed_over()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int trial = 0; trial < 2_000; trial++)
        {
            DateTime start = new(2026, 3, 1);
            DateTime stopped = start.AddSeconds(random.Next(1_000, 100_000));
            double lag = random.Next(0, 300);
            double lateness = random.NextDouble() * 60;
            // A row dated before the cursor that was committed after it was read, and reached the replica by now.
            DateTime late = stopped.AddSeconds(-lateness);
            string there = NewCursor(Primary, Replica, Text(stopped), lag)!;
            Assert.True(string.CompareOrdinal(there, Text(late)) <= 0, $"seed {seed}, trial {trial}: {late:O} is passed over from {there}");

            // The replica holds everything up to here when it takes over; what is newer on the primary reaches the lake only on the way back.
            DateTime held = stopped.AddSeconds(-lag);
            DateTime replicaStopped = held.AddSeconds(random.Next(0, 100_000));
            string back = NewCursor(Replica, Primary, Text(replicaStopped), 0, own: Text(stopped), takeover: Text(held))!;
            DateTime never = held.AddSeconds(random.NextDouble() * 1_000);
            Assert.True(string.CompareOrdinal(back, Text(never)) <= 0, $"seed {seed}, trial {trial}: {never:O} is passed over from {back}");
        }
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture);

    private static string? NewCursor(PlannedRoute origin, PlannedRoute to, string old, double lag, string? own = null, string? source = null, string? takeover = null) =>
        Assert.Single(Carry(origin, to, old, lag, own, source, takeover).Compute()).New?.Value;

    private static StateCarry Carry(PlannedRoute origin, PlannedRoute to, string? old, double lag, string? own, string? source, string? takeover) => new()
    {
        Origin = origin,
        To = to,
        OldState = Routes.At(old, origin.Database!),
        OwnState = Routes.At(own, to.Database!),
        LagSeconds = lag,
        MarginSeconds = 60,
        SourceCursors = new Dictionary<string, string?> { [Routes.Sales] = source },
        CursorsAtTakeover = takeover is null ? null : new Dictionary<string, string?> { [Routes.Sales] = takeover },
    };
}
