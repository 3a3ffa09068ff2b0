using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Syncs;

/// <summary>The wait for a sync's end, on a clock that runs as fast as the questions come.</summary>
public sealed class SyncWaitTests : IAsyncDisposable
{
    private static readonly Sync Running = new() { JobId = 7, ConnectionId = Guid.Empty, JobType = "sync", Status = SyncStatus.Running };

    private readonly ToldAirbyte _airbyte = new();
    private readonly ManualClock _clock = new(Installed.Now);
    private readonly Seen _seen = new();

    public ValueTask DisposeAsync() => _airbyte.DisposeAsync();

    [Theory]
    [InlineData(SyncStatus.Succeeded)]
    [InlineData(SyncStatus.Failed)]
    [InlineData(SyncStatus.Cancelled)]
    public async Task It_ends_with_the_sync_and_tells_each_sight(SyncStatus end)
    {
        Answers(SyncStatus.Incomplete, SyncStatus.Unknown, end);
        Assert.Equal(end, (await WaitAsync()).Status);
        Assert.Equal([SyncStatus.Running, SyncStatus.Incomplete, SyncStatus.Unknown, end], _seen.Statuses);
    }

    [Fact]
    public async Task A_sync_that_has_ended_is_not_asked_for()
    {
        Sync ended = Running with { Status = SyncStatus.Failed };
        Assert.Same(ended, await SyncWait.UntilEndedAsync(_airbyte, ended, TimeSpan.Zero, _clock, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Airbyte_may_be_away_for_a_while()
    {
        Fails(5, FailureClass.ServerFault);
        Answers(SyncStatus.Running);
        Fails(5, FailureClass.ConnectionRefused);
        Answers(SyncStatus.Succeeded);
        Assert.Equal(SyncStatus.Succeeded, (await WaitAsync()).Status);
    }

    [Fact]
    public async Task When_it_stays_away_its_failure_is_told()
    {
        Fails(6, FailureClass.Timeout);
        Assert.Equal("Told", (await Assert.ThrowsAsync<AcodeException>(WaitAsync)).Id);
        Assert.Empty(_airbyte.Job);
    }

    [Fact]
    public async Task A_refusal_is_told_at_once()
    {
        Fails(1, FailureClass.Authentication);
        Answers(SyncStatus.Succeeded);
        Assert.Equal("Told", (await Assert.ThrowsAsync<AcodeException>(WaitAsync)).Id);
        Assert.Single(_airbyte.Job);
    }

    [Fact]
    public async Task One_that_does_not_end_is_still_running()
    {
        Answers([.. Enumerable.Repeat(SyncStatus.Running, 1_000)]);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(WaitAsync);
        Assert.Equal(("SyncStillRunning", false), (failure.Id, failure.IsFatal));
        Assert.Contains("7 (Running)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_gone_is_not_found()
    {
        _airbyte.Job.Enqueue(() => null);
        Assert.Equal("SyncNotFound", (await Assert.ThrowsAsync<AcodeException>(WaitAsync)).Id);
    }

    private async Task<Sync> WaitAsync()
    {
        Task<Sync> wait = SyncWait.UntilEndedAsync(_airbyte, Running, TimeSpan.FromMinutes(10), _clock, _seen, TestContext.Current.CancellationToken);
        while (!wait.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await wait;
    }

    private void Answers(params SyncStatus[] statuses)
    {
        foreach (SyncStatus status in statuses)
        {
            _airbyte.Job.Enqueue(() => Running with { Status = status });
        }
    }

    private void Fails(int times, FailureClass cause)
    {
        for (int i = 0; i < times; i++)
        {
            _airbyte.Job.Enqueue(() => throw new AcodeException("Told", cause, "As the test tells it."));
        }
    }

    private sealed class Seen : IProgress<Sync>
    {
        public List<SyncStatus> Statuses { get; } = [];

        public void Report(Sync value) => Statuses.Add(value.Status);
    }
}
