using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

public sealed class LeaseTests
{
    private const string Key = "acode_lease.json";
    private static readonly AcodeException Reset = new("StorageUnreachable", FailureClass.Unreachable, "The connection broke.");
    private readonly TestSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LeaseRecord Record => JournalSerializer.Read<LeaseRecord>(_site.LeaseBucket[Key].Content);

    [Fact]
    public async Task One_has_it_and_the_other_is_told_who_since_when_and_until_when()
    {
        await using Lease lease = await AcquireAsync("ops-1");

        AcodeException held = await Assert.ThrowsAsync<AcodeException>(() => AcquireAsync("ops-2"));

        Assert.Equal(("LeaseHeld", FailureClass.Conflict), (held.Id, held.Cause));
        Assert.Contains("ana@ops-1", held.Message, StringComparison.Ordinal);
        Assert.Contains("since 2026-11-24 12:00:00Z", held.Message, StringComparison.Ordinal);
        Assert.Contains("holds until 2026-11-24 12:01:00Z", held.Message, StringComparison.Ordinal);
        Assert.Contains("work of ops-1", held.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_token_grows_with_each_owner_and_is_never_forgotten()
    {
        for (int owner = 1; owner <= 3; owner++)
        {
            await using Lease lease = await AcquireAsync($"ops-{owner % 2}");
            Assert.Equal(owner, lease.Token);
            Assert.Null(await lease.ReleaseAsync());
            Assert.True(Record.Released);
        }
    }

    [Fact]
    public async Task It_expires_by_the_servers_clock_whatever_the_machines_think()
    {
        // One machine's clock is a day ahead, the other's a day behind: nothing follows from that.
        ManualClock ahead = new(TestSite.Noon.AddDays(1)), behind = new(TestSite.Noon.AddDays(-1));
        Lease first = await AcquireAsync("ops-1", ahead);
        await Assert.ThrowsAsync<AcodeException>(() => AcquireAsync("ops-2", behind));
        _site.Clock.Advance(TimeSpan.FromSeconds(62));
        await Assert.ThrowsAsync<AcodeException>(() => AcquireAsync("ops-2", behind));
        _site.Clock.Advance(TimeSpan.FromSeconds(1));

        await using Lease second = await AcquireAsync("ops-2", behind);

        Assert.Equal(2, second.Token);
        AcodeException lost = await Assert.ThrowsAsync<AcodeException>(() => first.EnsureAsync(Cancel));
        Assert.Equal("LeaseLost", lost.Id);
        Assert.Contains("ana@ops-2", lost.Message, StringComparison.Ordinal);
        Assert.True(first.Lost.IsCancellationRequested);

        // The loser lets go of nothing that is not its own.
        await first.ReleaseAsync();
        await second.EnsureAsync(Cancel);
        Assert.False(Record.Released);
    }

    [Fact]
    public async Task It_is_taken_from_a_process_that_is_known_to_be_gone_at_once()
    {
        TestProcess first = _site.NewProcess();
        await Lease.AcquireAsync(first.Installation, "run", "work", Cancel);
        await Assert.ThrowsAsync<AcodeException>(() => AcquireAsync("ops-1"));

        _site.End(first);

        await using Lease second = await AcquireAsync("ops-1");
        Assert.Equal(2, second.Token);
    }

    [Fact]
    public async Task It_is_renewed_in_the_background_and_outlives_its_time()
    {
        await using Lease lease = await AcquireAsync("ops-1");
        for (int third = 1; third <= 12; third++)
        {
            await WaitAsync(() => _site.Clock.IsAwaitedFor(TimeSpan.FromSeconds(20)));
            _site.Clock.Advance(TimeSpan.FromSeconds(20));
            await WaitAsync(() => Record.Renewals == third);
        }

        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Equal("LeaseHeld", (await Assert.ThrowsAsync<AcodeException>(() => AcquireAsync("ops-2"))).Id);
    }

    [Fact]
    public async Task Its_owner_holds_itself_lost_before_others_may_take_it_and_holds_it_anew_when_nobody_has()
    {
        TestProcess owner = _site.NewProcess();
        await using Lease lease = await Lease.AcquireAsync(owner.Installation, "run", "work", Cancel);
        owner.Leases.BeforePut = (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        CancellationToken lost = lease.Lost;
        _site.Clock.Advance(TimeSpan.FromSeconds(49));
        Assert.False(lost.IsCancellationRequested);
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(lost.IsCancellationRequested);
        Assert.Equal("LeaseHeld", (await Assert.ThrowsAsync<AcodeException>(() => AcquireAsync("ops-2"))).Id);

        // The renewal that hangs is given up, and the next one goes through.
        owner.Leases.BeforePut = (_, _) => Task.CompletedTask;
        _site.Clock.Advance(TimeSpan.FromSeconds(5));
        await WithPausesAsync(EnsureAsync(lease));

        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_write_whose_answer_was_lost_is_found_done(int broken)
    {
        TestProcess owner = _site.NewProcess();
        int count = 0;
        owner.Leases.AfterPut = key =>
        {
            if (key == Key && ++count <= broken)
            {
                throw Reset;
            }
        };

        await using Lease lease = await WithPausesAsync(Lease.AcquireAsync(owner.Installation, "run", "work", Cancel));
        count = 0;
        await WithPausesAsync(EnsureAsync(lease));

        Assert.Equal((1, "run", 1), (Record.Token, Record.RunId, Record.Renewals));
    }

    [Fact]
    public async Task A_write_that_failed_is_done_again_and_one_that_keeps_failing_leaves_the_act_undone()
    {
        TestProcess owner = _site.NewProcess();
        await using Lease lease = await Lease.AcquireAsync(owner.Installation, "run", "work", Cancel);
        int failures = 2;
        owner.Leases.BeforePut = (_, _) => failures-- > 0 ? throw Reset : Task.CompletedTask;
        await WithPausesAsync(EnsureAsync(lease));

        failures = int.MaxValue;
        AcodeException away = await Assert.ThrowsAsync<AcodeException>(() => WithPausesAsync(EnsureAsync(lease)));

        Assert.Equal(("LeaseStoreUnavailable", FailureClass.Unreachable), (away.Id, away.Cause));
        Assert.Contains("-WithoutLease", away.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_contenders_exactly_one_gets_it()
    {
        for (int round = 0; round < 20; round++)
        {
            Lease?[] leases = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => TryAcquireAsync($"ops-{n}")));
            Lease winner = Assert.Single(leases.OfType<Lease>());
            Assert.Equal(round + 1, winner.Token);
            await winner.ReleaseAsync();
            await winner.DisposeAsync();
        }
    }

    [Fact]
    public async Task Whoever_has_lost_it_does_not_act_and_leaves_the_undoing_to_the_operator()
    {
        // The run's process is held up until its lease has ended, and another machine goes about its own work.
        _site.At = async (part, _) =>
        {
            if (part == "prepare two")
            {
                _site.LeaseBucket.Set(Key, JournalSerializer.Write(Record with { Token = 7, Holder = "other", Title = "other work", RunId = "other" }));
                await Task.Yield();
            }
        };

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.Equal((RunbookStatus.Failed, "LeaseLost"), (run.Status, run.ErrorId));
        Assert.Equal(["+one"], _site.World.History);
        Assert.Equal((7L, false), (Record.Token, Record.Released));
        Assert.Contains("Undo-AcodeRunbook", run.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_in_its_place_is_not_written_over()
    {
        _site.LeaseBucket.Set(Key, "hello"u8.ToArray());

        Assert.Equal("LeaseUnreadable", (await Assert.ThrowsAsync<AcodeException>(() => AcquireAsync("ops-1"))).Id);
        Assert.Equal("hello"u8.ToArray(), _site.LeaseBucket[Key].Content);
    }

    private async Task<Lease> AcquireAsync(string host, TimeProvider? clock = null) =>
        await Lease.AcquireAsync(_site.NewProcess(host, clock: clock).Installation, $"run of {host}", $"work of {host}", Cancel);

    private async Task<Lease?> TryAcquireAsync(string host)
    {
        try
        {
            return await Task.Run(() => AcquireAsync(host), Cancel);
        }
        catch (AcodeException e) when (e.Id == "LeaseHeld")
        {
            return null;
        }
    }

    private static async Task<bool> EnsureAsync(Lease lease)
    {
        await lease.EnsureAsync(Cancel);
        return true;
    }

    // Lets the pauses between tries pass, as soon as somebody waits for them.
    private async Task<T> WithPausesAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            if (Array.Find([200, 400, 600], ms => _site.Clock.IsAwaitedFor(TimeSpan.FromMilliseconds(ms))) is > 0 and int pause)
            {
                _site.Clock.Advance(TimeSpan.FromMilliseconds(pause));
            }

            await Task.Delay(1, Cancel);
        }

        return await work;
    }

    private static async Task WaitAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            await Task.Delay(1, Cancel);
        }
    }
}
