namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>Ctrl-C.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Stopped_anywhere_a_run_is_taken_back_or_done_and_says_which()
    {
        Dictionary<RunbookStatus, int> ends = [];
        bool isReached = true;
        for (int stopAt = 1; isReached; stopAt++)
        {
            TestSite site = new();
            using CancellationTokenSource stop = new();
            TestProcess process = site.NewProcess(moments: new Moments { ActAt = stopAt, Act = stop.Cancel });
            try
            {
                RunbookRun run = await process.StartAsync(cancel: stop.Token);
                isReached = stop.IsCancellationRequested;
                ends[run.Status] = ends.GetValueOrDefault(run.Status) + 1;
                Assert.Equal((stopAt, run.Status == RunbookStatus.Undone ? 0 : 3), (stopAt, site.World.On.Length));
                Assert.Equal(run.Status == RunbookStatus.Completed ? null : "RunStopped", run.ErrorId);
                Assert.Equal(run.Status, (await site.NewProcess("ops-2").Reader.FindAsync(run.RunId, TestContext.Current.CancellationToken)).Status);
                Assert.True(site.World.History.Length == 0 || run.Status != RunbookStatus.Undone || run.Error!.Contains("was taken back", StringComparison.Ordinal));
            }
            catch (OperationCanceledException)
            {
                Assert.Empty(site.World.History);
            }

            // Whatever was stopped, the lease is free again.
            Assert.DoesNotContain("\"released\":false", site.LeaseBucket.Keys.Contains("acode_lease.json") ? Text(site) : "", StringComparison.Ordinal);
        }

        Assert.True(ends[RunbookStatus.Undone] > 30, $"{ends[RunbookStatus.Undone]} were taken back");
        Assert.True(ends[RunbookStatus.AwaitingProof] > 0);
        Assert.True(ends[RunbookStatus.Completed] > 0);
    }

    [Fact]
    public async Task A_waiting_step_is_stopped_at_once()
    {
        TestSite site = new();
        using CancellationTokenSource stop = new();
        site.At = async (part, cancel) =>
        {
            if (part == "acted two")
            {
                Task forever = Task.Delay(Timeout.Infinite, cancel);
                await stop.CancelAsync();
                await forever;
            }
        };

        RunbookRun run = await site.NewProcess().StartAsync(cancel: stop.Token);

        Assert.Equal(("RunStopped", "The run was stopped by its operator at 'Turn on two'. What the run had changed was taken back."), (run.ErrorId, run.Error));
        Assert.Equal(["+one", "+two", "-two", "-one"], site.World.History);
    }

    [Fact]
    public async Task What_hangs_while_it_is_taken_back_after_a_stop_is_given_up_after_a_minute()
    {
        TestSite site = new();
        using CancellationTokenSource stop = new();
        site.At = async (part, cancel) =>
        {
            if (part == "acted three")
            {
                await stop.CancelAsync();
                cancel.ThrowIfCancellationRequested();
            }

            if (part == "undo two")
            {
                // Each undo keeps within its own limit, and together they take longer than the minute.
                Task forever = Task.Delay(Timeout.Infinite, cancel);
                site.Clock.Advance(TimeSpan.FromSeconds(61));
                await forever;
            }
        };

        RunbookRun run = await site.NewProcess().StartAsync(cancel: stop.Token);

        Assert.Equal((RunbookStatus.Failed, "RunStopped", "RunStopped"), (run.Status, run.ErrorId, run.Steps[2].ErrorId));
        Assert.Equal(["one", "two"], site.World.On);
        site.At = (_, _) => Task.CompletedTask;
        Assert.Equal(RunbookStatus.Undone, (await site.NewProcess("ops-2").UndoAsync(run.RunId)).Status);
    }

    [Fact]
    public async Task An_undo_that_is_stopped_is_interrupted_and_goes_on_later()
    {
        TestSite site = new();
        RunbookRun done = await site.NewProcess().StartAsync();
        using CancellationTokenSource stop = new();
        site.At = async (part, _) =>
        {
            if (part == "undo two")
            {
                await stop.CancelAsync();
            }
        };

        RunbookRun run = await site.NewProcess().UndoAsync(done.RunId, cancel: stop.Token);

        Assert.Equal((RunbookStatus.Interrupted, "RunStopped", true), (run.Status, run.ErrorId, run.IsUnfinished));
        Assert.Equal(["one"], site.World.On);
        site.At = (_, _) => Task.CompletedTask;
        Assert.Equal(RunbookStatus.Undone, (await site.NewProcess("ops-2").UndoAsync(done.RunId)).Status);
        Assert.Empty(site.World.On);
    }

    private static string Text(TestSite site) => System.Text.Encoding.UTF8.GetString(site.LeaseBucket["acode_lease.json"].Content);
}
