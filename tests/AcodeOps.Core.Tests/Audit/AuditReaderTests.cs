using AcodeOps.Audit;

namespace AcodeOps.Core.Tests.Audit;

public sealed class AuditReaderTests
{
    private static readonly AcodeException Away = new("StorageUnreachable", FailureClass.Unreachable, "The storage is away.");

    [Fact]
    public async Task Records_around_midnight_and_the_months_end_come_in_order_of_time()
    {
        TestTrail trail = new() { Clock = new ManualClock(new DateTimeOffset(2026, 11, 30, 23, 59, 58, TimeSpan.Zero)) };
        List<string> written = [];
        for (int i = 0; i < 24; i++)
        {
            written.Add((await trail.WriteAsync((AuditEventType)(7 - (i % 8)))).Id);
            trail.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        List<AuditReading> read = await trail.ReadAsync(new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero), new(2026, 12, 1, 1, 0, 0, TimeSpan.Zero));

        Assert.Equal(written, read.Select(r => r.Record!.Id));
        Assert.Equal(8, trail.Store.Keys.Count(k => k.StartsWith("acode_audit/2026/11/30/", StringComparison.Ordinal)));
        Assert.Equal(16, trail.Store.Keys.Count(k => k.StartsWith("acode_audit/2026/12/01/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_first_instant_is_included_and_the_last_is_not()
    {
        TestTrail trail = new();
        for (int i = 0; i < 5; i++)
        {
            await trail.WriteAsync(subject: $"{i}");
            trail.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        List<AuditReading> read = await trail.ReadAsync(TestTrail.Noon.AddMilliseconds(100), TestTrail.Noon.AddMilliseconds(300));

        Assert.Equal(["1", "2"], read.Select(r => r.Record!.Subject));
    }

    [Fact]
    public async Task A_record_of_the_same_millisecond_as_the_first_instant_is_included()
    {
        TestTrail trail = new() { Clock = new ManualClock(TestTrail.Noon.AddTicks(7)) };
        await trail.WriteAsync();

        Assert.Single(await trail.ReadAsync(TestTrail.Noon.AddTicks(5), TestTrail.Noon.AddSeconds(1)));
    }

    [Fact]
    public async Task Only_the_days_and_types_asked_for_are_listed()
    {
        TestTrail trail = new() { Store = new MemoryStore("logs/") };
        await trail.WriteAsync(AuditEventType.FailoverExecuted);
        await trail.WriteAsync(AuditEventType.DataAccess);
        trail.Store.Asked.Clear();

        AuditReading only = Assert.Single(await trail.ReadAsync(TestTrail.Noon.AddDays(-1), TestTrail.Noon.AddHours(1), AuditEventType.FailoverExecuted));

        Assert.Equal(AuditEventType.FailoverExecuted, only.Record!.EventType);
        Assert.Equal(
            ["list logs/acode_audit/2026/11/23/failover_executed_", "list logs/acode_audit/2026/11/24/failover_executed_", $"get logs/{AuditKey.Of(only.Record)}"],
            trail.Store.Asked);
    }

    [Fact]
    public async Task Over_years_only_days_that_exist_are_listed()
    {
        TestTrail trail = new() { Clock = new ManualClock(new DateTimeOffset(2019, 6, 1, 0, 0, 0, TimeSpan.Zero)) };
        foreach (int days in (int[])[0, 900, 900, 30])
        {
            trail.Clock.Advance(TimeSpan.FromDays(days));
            await trail.WriteAsync();
        }

        trail.Store.Asked.Clear();
        List<AuditReading> read = await trail.ReadAsync(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2024, 5, 15, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(["2021-11-17", "2024-05-05"], read.Select(r => r.Record!.At.ToString("yyyy-MM-dd", null)));
        Assert.Equal(
            [
                "folders acode_audit/", "folders acode_audit/2021/", "folders acode_audit/2021/11/", "folders acode_audit/2024/", "folders acode_audit/2024/05/",
                "list acode_audit/2021/11/17/", "list acode_audit/2024/05/05/",
            ],
            trail.Store.Asked.Where(a => !a.StartsWith("get", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Waiting_records_are_among_the_others_and_marked()
    {
        TestTrail trail = new();
        string first = (await trail.WriteAsync()).Id;
        trail.Clock.Advance(TimeSpan.FromSeconds(1));
        trail.Store.Fault = Away;
        string waiting = (await trail.WriteAsync()).Id;
        trail.Store.Fault = null;
        trail.Clock.Advance(TimeSpan.FromSeconds(1));
        string last = (await trail.WriteAsync()).Id;

        List<AuditReading> read = await trail.ReadAsync(TestTrail.Noon, TestTrail.Noon.AddMinutes(1));

        Assert.Equal([(first, true), (waiting, false), (last, true)], read.Select(r => (r.Record!.Id, r.Record.Stored)));
    }

    [Fact]
    public async Task A_record_in_both_places_is_read_once()
    {
        TestTrail trail = new() { Store = new MemoryStore { FaultAfterWrite = Away } };
        await trail.WriteAsync();

        Assert.True(Assert.Single(await trail.ReadAsync(TestTrail.Noon, TestTrail.Noon.AddMinutes(1))).Record!.Stored);
    }

    [Fact]
    public async Task With_the_storage_away_the_waiting_records_are_shown_and_then_the_command_fails()
    {
        TestTrail trail = new() { Store = new MemoryStore { Fault = Away } };
        string waiting = (await trail.WriteAsync()).Id;
        List<string> seen = [];

        AcodeException e = await Assert.ThrowsAsync<AcodeException>(async () =>
        {
            await foreach (AuditReading reading in trail.Open().ReadAsync(
                new AuditQuery(TestTrail.Noon.AddDays(-3), TestTrail.Noon.AddHours(1), []), TestContext.Current.CancellationToken))
            {
                seen.Add(reading.Record!.Id);
            }
        });

        Assert.Same(Away, e);
        Assert.Equal([waiting], seen);
        Assert.Single(trail.Store.Asked, a => a.StartsWith("list", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Damaged_records_are_named_and_the_others_still_read()
    {
        TestTrail trail = new();
        AuditRecord damaged = await trail.WriteAsync();
        AuditRecord swapped = await trail.WriteAsync();
        AuditRecord good = await trail.WriteAsync();
        trail.Store.Set(AuditKey.Of(damaged).ToString(), "{\"id\":"u8.ToArray());
        trail.Store.Set(AuditKey.Of(swapped).ToString(), AuditSerializer.Write(good));
        trail.Store.Set("acode_audit/2026/11/24/readme.txt", "not ours"u8.ToArray());

        List<AuditReading> read = await trail.ReadAsync(TestTrail.Noon, TestTrail.Noon.AddMinutes(1));

        Assert.Equal(3, read.Count);
        Assert.All(read.Take(2), r => Assert.Equal(("AuditRecordDamaged", false), (r.Failure!.Id, r.Failure.IsFatal)));
        Assert.Equal([damaged.Location, swapped.Location], read.Take(2).Select(r => r.Failure!.Subject));
        Assert.Equal(good.Id, read[2].Record!.Id);
    }

    [Fact]
    public async Task Records_are_read_several_at_a_time_and_not_more_than_that()
    {
        TestTrail trail = new();
        for (int i = 0; i < 50; i++)
        {
            await trail.WriteAsync();
        }

        int now = 0;
        int most = 0;
        TaskCompletionSource sixteen = new();
        trail.Store.BeforeGet = async cancel =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            if (running == 16)
            {
                sixteen.TrySetResult();
            }

            await sixteen.Task.WaitAsync(cancel);
            Interlocked.Decrement(ref now);
        };

        Assert.Equal(50, (await trail.ReadAsync(TestTrail.Noon, TestTrail.Noon.AddMinutes(1))).Count);
        Assert.Equal(16, most);
    }

    [Fact]
    public async Task Who_stops_reading_early_reads_no_more_than_is_under_way()
    {
        TestTrail trail = new();
        for (int i = 0; i < 100; i++)
        {
            await trail.WriteAsync();
        }

        trail.Store.Asked.Clear();
        await foreach (AuditReading _ in trail.Open().ReadAsync(new AuditQuery(TestTrail.Noon, TestTrail.Noon.AddMinutes(1), []), TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.InRange(trail.Store.Asked.Count(a => a.StartsWith("get", StringComparison.Ordinal)), 1, 16);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
