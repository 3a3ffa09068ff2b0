using AcodeOps.Audit;
using AcodeOps.Secrets;

namespace AcodeOps.Core.Tests.Audit;

public sealed class AuditTrailTests
{
    private static readonly AcodeException Away = new("StorageUnreachable", FailureClass.Unreachable, "The storage is away.");
    private static readonly AcodeException DiskFull = new("AuditSpoolUnavailable", FailureClass.ReadOnly, "No space left.");

    [Fact]
    public async Task A_record_is_stored_once_encrypted_and_under_the_storages_prefix()
    {
        TestTrail trail = new() { Store = new MemoryStore("logs/") };

        AuditRecord record = await trail.WriteAsync();

        string key = Assert.Single(trail.Store.Keys);
        Assert.Equal("logs/" + AuditKey.Of(record), key);
        Assert.Equal("s3://trail/" + key, record.Location);
        Assert.True(record.Stored);
        Assert.Empty(trail.Spool.Waiting);
        PutOptions options = trail.Store[key].Options;
        Assert.True(options is { IfAbsent: true, Encrypt: true, RetainUntilAt: null });
        Assert.Equal(("ana", "ops-1", 4711, "c0ffee", "company policy 7", 2555), (record.User, record.Host, record.ProcessId, record.SessionId, record.LegalBasis, record.RetentionDays));
    }

    [Theory]
    [InlineData(AuditLock.Compliance, true, true, true)]
    [InlineData(AuditLock.Governance, true, true, false)]
    [InlineData(AuditLock.Compliance, null, true, true)]
    [InlineData(AuditLock.Compliance, false, false, null)]
    [InlineData(AuditLock.None, true, false, null)]
    public async Task A_record_is_locked_where_asked_for_and_possible(AuditLock asked, bool? canLock, bool isLocked, bool? compliance)
    {
        TestTrail trail = new() { Store = new MemoryStore { HasObjectLock = canLock }, Definition = new() { Lock = asked, RetentionDays = 30 } };

        AuditRecord record = await trail.WriteAsync();

        PutOptions options = trail.Store[Assert.Single(trail.Store.Keys)].Options;
        Assert.Equal(isLocked ? TestTrail.Noon.AddDays(30) : null, options.RetainUntilAt);
        Assert.Equal(options.RetainUntilAt, record.LockedUntilAt);
        if (isLocked)
        {
            Assert.Equal(compliance, options.Compliance);
        }
    }

    [Fact]
    public async Task While_the_storage_is_away_records_wait_and_a_sync_brings_them_in_order()
    {
        TestTrail trail = new() { Store = new MemoryStore { Fault = Away } };
        List<AuditRecord> written = [];
        for (int i = 0; i < 40; i++)
        {
            written.Add(await trail.WriteAsync((AuditEventType)(i % 8)));
            trail.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.All(written, record => Assert.False(record.Stored));
        Assert.Equal(Away.Message, written[0].WaitsBecause);
        Assert.Same(Away, await Assert.ThrowsAsync<AcodeException>(trail.SyncAsync));
        Assert.Equal(40, trail.Spool.Waiting.Count);

        trail.Store.Fault = null;
        List<AuditReading> synced = await trail.SyncAsync();

        Assert.Equal(written.Select(r => r.Id), synced.Select(r => r.Record!.Id));
        Assert.All(synced, reading => Assert.True(reading.Record!.Stored));
        Assert.Empty(trail.Spool.Waiting);
        Assert.Equal(40, trail.Store.Keys.Length);
        Assert.Empty(await trail.SyncAsync());
    }

    [Fact]
    public async Task An_answer_that_was_lost_after_the_write_does_not_double_the_record()
    {
        TestTrail trail = new() { Store = new MemoryStore { FaultAfterWrite = Away } };
        Assert.False((await trail.WriteAsync()).Stored);

        Assert.Empty(await trail.SyncAsync());

        Assert.Single(trail.Store.Keys);
        Assert.Empty(trail.Spool.Waiting);
    }

    [Fact]
    public async Task A_record_whose_name_is_taken_waits_and_does_not_hold_up_the_others()
    {
        TestTrail trail = new() { Store = new MemoryStore { Fault = Away } };
        AuditRecord first = await trail.WriteAsync();
        AuditRecord second = await trail.WriteAsync();
        trail.Store.Fault = null;
        trail.Store.Set(AuditKey.Of(first).ToString(), "something else"u8.ToArray());

        List<AuditReading> synced = await trail.SyncAsync();

        Assert.Equal(("AuditRecordConflict", FailureClass.Conflict, false), (synced[0].Failure!.Id, synced[0].Failure!.Cause, synced[0].Failure!.IsFatal));
        Assert.Equal(second.Id, synced[1].Record!.Id);
        Assert.Equal([AuditKey.Of(first).ToString()], trail.Spool.Waiting.Keys);
        Assert.Equal("something else"u8.ToArray(), trail.Store[AuditKey.Of(first).ToString()].Content);
    }

    [Fact]
    public async Task Without_a_disk_the_storage_alone_takes_the_record()
    {
        TestTrail trail = new();
        trail.Spool.Fault = DiskFull;

        Assert.True((await trail.WriteAsync()).Stored);
        Assert.Single(trail.Store.Keys);
    }

    [Fact]
    public async Task With_neither_disk_nor_storage_the_command_fails_and_says_both()
    {
        TestTrail trail = new() { Store = new MemoryStore { Fault = Away } };
        trail.Spool.Fault = DiskFull;

        AcodeException e = await Assert.ThrowsAsync<AcodeException>(() => trail.WriteAsync());

        Assert.Equal("AuditSpoolUnavailable", e.Id);
        Assert.Contains(DiskFull.Message, e.Message, StringComparison.Ordinal);
        Assert.Contains(Away.Message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_sts_does_not_tell_is_unknown_with_its_reason()
    {
        TestTrail refused = new() { Caller = _ => throw new AcodeException("AccessDenied", FailureClass.Authentication, "The token has expired.") };
        AuditRecord record = await refused.WriteAsync();
        Assert.Equal((null, null, "The token has expired."), (record.CallerArn, record.CallerAccount, record.CallerUnknownBecause));

        TaskCompletionSource asked = new();
        TestTrail silent = new()
        {
            Caller = async cancel =>
            {
                Task<CallerIdentity> never = Task.Delay(Timeout.Infinite, cancel).ContinueWith<CallerIdentity>(_ => throw new OperationCanceledException(cancel), TaskScheduler.Default);
                asked.SetResult();
                return await never;
            },
        };
        Task<AuditRecord> write = silent.WriteAsync();
        await asked.Task;
        silent.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("STS did not answer within 5 s.", (await write).CallerUnknownBecause);
    }

    [Fact]
    public async Task Secrets_in_what_is_told_are_masked_before_anything_is_kept()
    {
        TestTrail trail = new() { Store = new MemoryStore { Fault = Away } };

        AuditRecord record = await trail.Open().WriteAsync(new AuditEvent
        {
            EventType = AuditEventType.DataAccess,
            Subject = "mysql://ana:canary@db",
            Reason = "password=canary",
            Outcome = "token=canary",
            RunId = "secret=canary",
            Details = new Dictionary<string, object?> { ["password"] = "canary" },
        }, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("canary", System.Text.Encoding.UTF8.GetString(Assert.Single(trail.Spool.Waiting).Value), StringComparison.Ordinal);
        Assert.Equal("***", record.Details["password"]);
    }
}
