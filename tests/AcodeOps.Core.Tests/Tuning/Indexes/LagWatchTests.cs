using AcodeOps.Core.Tests.Data.Exporting;
using AcodeOps.Tuning.Indexes;

namespace AcodeOps.Core.Tests.Tuning.Indexes;

/// <summary>Something heavy on a replica is broken off when the replica falls behind, or does not tell.</summary>
public sealed class LagWatchTests : IAsyncDisposable
{
    private static readonly TimeSpan Maximum = TimeSpan.FromSeconds(30);

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 27, 3, 0, 0, TimeSpan.Zero));
    private readonly FakeSource _source = new(SourceRole.Backup);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(31.0, null, 2)]
    [InlineData(null, null, 32)]
    [InlineData(400.0, 100.0, 2)]
    public async Task It_is_broken_off(double? lag, double? delay, int withinSeconds)
    {
        _source.Channels = [Channel(0), Channel(0)];
        LagWatch watch = new(_source, Maximum, _clock);
        TaskCompletionSource work = new();
        Task running = watch.RunAsync(stop => EndedBy(work, stop), _ => { }, Cancel);
        await TickAsync(running, 5);
        Assert.False(running.IsCompleted);
        _source.Channels = [Channel(0), Channel(lag, delay)];
        await TickAsync(running, withinSeconds);
        AcodeException behind = await Assert.ThrowsAsync<AcodeException>(() => running);
        Assert.Equal(("ReplicaBehind", FailureClass.Conflict), (behind.Id, behind.Cause));
        Assert.True(work.Task.IsCanceled);
    }

    [Theory]
    [InlineData(30.0, null)]
    [InlineData(620.0, 600.0)]
    public async Task Lag_that_is_allowed_or_kept_on_purpose_stops_nothing(double lag, double? delay)
    {
        _source.Channels = [Channel(lag, delay)];
        LagWatch watch = new(_source, Maximum, _clock);
        await watch.RequireAsync(Cancel);
        TaskCompletionSource work = new();
        List<double?> seen = [];
        Task running = watch.RunAsync(stop => EndedBy(work, stop), seen.Add, Cancel);
        await TickAsync(running, 40);
        work.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.InRange(seen.Count, 20, 41);
        Assert.Equal(lag - (delay ?? 0), watch.Highest);
    }

    [Fact]
    public async Task What_ended_in_the_moment_in_which_it_was_to_be_broken_off_is_done()
    {
        _source.Channels = [Channel(99)];
        TaskCompletionSource work = new();
        Task running = new LagWatch(_source, Maximum, _clock).RunAsync(
            stop =>
            {
                stop.Register(work.SetResult);
                return work.Task;
            },
            _ => { }, Cancel);
        await TickAsync(running, 2);
        await running;
    }

    [Theory]
    [InlineData(31.0)]
    [InlineData(null)]
    public async Task Nothing_is_begun_behind_a_lag_that_is_too_high_or_not_known(double? lag)
    {
        _source.Channels = [Channel(lag)];
        Assert.Equal("ReplicaBehind", (await Assert.ThrowsAsync<AcodeException>(() => new LagWatch(_source, Maximum, _clock).RequireAsync(Cancel))).Id);
    }

    [Fact]
    public async Task Its_operator_stops_it_as_one()
    {
        _source.Channels = [Channel(0)];
        using CancellationTokenSource stop = new();
        TaskCompletionSource work = new();
        Task running = new LagWatch(_source, Maximum, _clock).RunAsync(c => EndedBy(work, c), _ => { }, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static Task EndedBy(TaskCompletionSource work, CancellationToken stop)
    {
        stop.Register(() => work.TrySetCanceled(stop));
        return work.Task;
    }

    private async Task TickAsync(Task running, int seconds)
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        for (int i = 0; i < seconds && !running.IsCompleted; i++)
        {
            while (!running.IsCompleted && !_clock.IsAwaitedFor(second))
            {
                await Task.Yield();
            }

            _clock.Advance(second);
        }
    }

    private static ReplicationStatus Channel(double? lag, double? delay = null) => new()
    {
        Source = SourceRole.Backup,
        Channel = "",
        ReplicatesFrom = "primary:3306",
        Receiver = ReplicationThread.Running,
        Applier = ReplicationThread.Running,
        LagSeconds = lag,
        ConfiguredDelaySeconds = delay,
        ReadAt = default,
    };
}
