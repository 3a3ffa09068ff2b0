using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;
using static AcodeOps.Core.Tests.Syncs.Installed;

namespace AcodeOps.Core.Tests.Health;

public sealed class ConnectionJudgementTests
{
    /// <summary>Case, reading, verdict, error id.</summary>
    public static TheoryData<string, Verdict, string?> Cases => new(Table.Select(row => (row.Key, row.Value.Verdict, row.Value.Id)));

    private static Dictionary<string, (RouteReading Reading, Verdict Verdict, string? Id)> Table { get; } = new()
    {
        ["a success in time"] = (Primary(Job(9, SyncStatus.Succeeded, 3)), Verdict.Healthy, null),
        ["a success while the next one runs"] = (Primary(Job(9, SyncStatus.Running, 1), Job(8, SyncStatus.Succeeded, 24)), Verdict.Healthy, null),
        ["a success that is too old"] = (Primary(Job(9, SyncStatus.Succeeded, 27)), Verdict.Degraded, "SyncOverdue"),
        ["a success without told rows"] = (Primary(Job(9, SyncStatus.Succeeded, 3, rows: null)), Verdict.Unknown, "RowsUntold"),
        ["a full refresh without rows"] = (Primary(Job(9, SyncStatus.Succeeded, 3, rows: 0)), Verdict.Failed, "ZeroRowSuccess"),
        ["a full refresh without rows, another runs"] = (Primary(Job(10, SyncStatus.Running, 1), Job(9, SyncStatus.Succeeded, 3, rows: 0)), Verdict.Degraded, "ZeroRowSuccess"),
        ["a failure"] = (Primary(Job(9, SyncStatus.Failed, 3), Job(8, SyncStatus.Succeeded, 5)), Verdict.Failed, "SyncFailed"),
        ["a failure, and another try runs"] = (Primary(Job(10, SyncStatus.Running, 0.5), Job(9, SyncStatus.Failed, 3)), Verdict.Degraded, "SyncFailed"),
        ["cancelled"] = (Primary(Job(9, SyncStatus.Cancelled, 3), Job(8, SyncStatus.Succeeded, 5)), Verdict.Degraded, "SyncCancelled"),
        ["an attempt failed"] = (Primary(Job(9, SyncStatus.Incomplete, 1), Job(8, SyncStatus.Succeeded, 5)), Verdict.Degraded, "SyncAttemptFailed"),
        ["runs too long"] = (Primary(Job(9, SyncStatus.Running, 3.1), Job(8, SyncStatus.Succeeded, 24)), Verdict.Degraded, "SyncRunsTooLong"),
        ["runs long, its route may"] = (
            Primary(Job(9, SyncStatus.Running, 3.1), Job(8, SyncStatus.Succeeded, 24)) with { Definition = Installed.Environment.Routes[0] with { SyncMinutes = 240 } }, Verdict.Healthy, null),
        ["never synced"] = (Primary(), Verdict.Degraded, "NeverSynced"),
        ["runs for the first time"] = (Primary(Job(1, SyncStatus.Running, 1)), Verdict.Degraded, "NeverSynced"),
        ["a status of a later version"] = (Primary(Job(9, SyncStatus.Unknown, 3), Job(8, SyncStatus.Succeeded, 5)), Verdict.Unknown, "SyncStatusUnknown"),
        ["missing"] = (Primary().Missing(), Verdict.Failed, "RouteMissing"),
        ["locked"] = (Primary(Job(9, SyncStatus.Succeeded, 3)).With(ConnectionStatus.Locked), Verdict.Failed, "ConnectionLocked"),
        ["a connection status of a later version"] = (Primary(Job(9, SyncStatus.Succeeded, 3)).With(ConnectionStatus.Unknown), Verdict.Unknown, "ConnectionStatusUnknown"),
        ["writes to another bucket than defined"] = (Primary(Job(9, SyncStatus.Succeeded, 3)) with { Destination = BackupLake }, Verdict.Failed, "RouteElsewhere"),
        ["standby that has run"] = (Backup(Job(5, SyncStatus.Succeeded, 900)), Verdict.Healthy, null),
        ["standby whose last was cancelled by a switch back"] = (Backup(Job(6, SyncStatus.Cancelled, 800), Job(5, SyncStatus.Succeeded, 900)), Verdict.Healthy, null),
        ["standby that never ran"] = (Backup(), Verdict.Unknown, "StandbyNeverRan"),
        ["standby whose last failed"] = (Backup(Job(5, SyncStatus.Failed, 900)), Verdict.Degraded, "StandbyFailedLast"),
        ["standby that moved nothing"] = (Backup(Job(5, SyncStatus.Succeeded, 900, rows: 0)), Verdict.Degraded, "StandbyMovedNothing"),
        ["standby that still writes"] = (Backup(Job(5, SyncStatus.Running, 1)), Verdict.Degraded, "StandbyIsWriting"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_state_has_its_verdict(string name, Verdict verdict, string? id)
    {
        Observation seen = ConnectionJudgement.Judge(Table[name].Reading, Installed.Environment, null, Now);
        Assert.Equal((verdict, id), (seen.Verdict, seen.ErrorId));
        // Whoever is woken by it finds what to do; and only good news comes without.
        Assert.Equal(verdict == Verdict.Healthy, seen.Remedy is null);
    }

    [Theory]
    [InlineData(48, 24, 30, true)]      // newest row between the two starts: the last sync should have read it
    [InlineData(48, 24, 50, false)]     // nothing newer than what the sync before had read
    [InlineData(48, 24, 1, null)]       // newer than both: it may have come after the last sync looked
    [InlineData(null, 24, 30, true)]    // the first sync ever, and there were rows
    [InlineData(null, 24, 1, null)]
    public void A_cursor_that_found_nothing_is_held_against_the_source(int? beforeHours, int lastHours, int watermarkHours, bool? moved)
    {
        List<Sync> syncs = [Job(9, SyncStatus.Succeeded, lastHours, rows: 0)];
        if (beforeHours is { } before)
        {
            syncs.Add(Job(8, SyncStatus.Succeeded, before));
        }

        TableWatermark watermark = new("sales") { Method = "index", ProcessedAt = Now.AddHours(-watermarkHours) };
        SourceMovement movement = SourceMovement.Judge(syncs, [watermark]);
        Assert.Equal(moved, movement.HasMoved);
        RouteReading reading = Incremental([.. syncs]);
        Assert.True(SourceMovement.IsQuestioned(reading));
        Verdict expected = moved switch { true => Verdict.Failed, false => Verdict.Healthy, null => Verdict.Unknown };
        Assert.Equal(expected, ConnectionJudgement.Judge(reading, Installed.Environment, movement, Now).Verdict);
    }

    [Fact]
    public void Empty_tables_have_nothing_to_move() => Assert.False(
        SourceMovement.Judge([Job(9, SyncStatus.Succeeded, 3, rows: 0)], [new TableWatermark("sales") { Method = "empty", IsEmpty = true }]).HasMoved);

    [Fact]
    public void A_watermark_that_is_not_known_is_not_taken_for_an_old_one()
    {
        Assert.Null(SourceMovement.Judge([Job(9, SyncStatus.Succeeded, 3, rows: 0)], []).HasMoved);
        Assert.Null(SourceMovement.Judge([Job(9, SyncStatus.Succeeded, 3, rows: 0)], [new TableWatermark("sales") { Method = "not permitted" }]).HasMoved);
    }

    [Fact]
    public void A_success_tells_when_how_many_and_how_long()
    {
        Observation seen = ConnectionJudgement.Judge(Primary(Job(9, SyncStatus.Succeeded, 4, rows: 50_000_001)), Installed.Environment, null, Now);
        Assert.Equal("The last sync succeeded 3 h 0 min ago: 50,000,001 rows in 60 min.", seen.Summary);
        Assert.Equal((3.0, "h", 25.0), (seen.Value, seen.Unit, seen.Threshold));
    }

    private static RouteReading Incremental(params Sync[] syncs)
    {
        RouteReading reading = Primary(syncs);
        return reading with { Connection = reading.Connection! with { Streams = [new("sales", "db", "incremental_append", ["Data_Processamento"])] } };
    }
}
