using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>A process that is killed before or after each of its lasting changes, and another that deals with what it left.</summary>
public sealed class KillTests
{
    private static readonly string[] AllOn = ["+one", "+two", "+three"];

    [Theory]
    [InlineData("ops-1", false)]
    [InlineData("ops-2", false)]
    [InlineData("ops-1", true)]
    [InlineData("ops-2", true)]
    public async Task Killed_anywhere_a_run_is_completed_or_taken_back_from_any_machine(string host, bool undo)
    {
        int resumed = 0;
        for (int killAt = 1; ; killAt++)
        {
            TestSite site = new();
            TestProcess first = site.NewProcess(moments: new Moments { KillAt = killAt });
            if (await RunAsync(() => first.StartAsync()) is { Status: RunbookStatus.Completed })
            {
                break;
            }

            site.End(first);
            (string? runId, bool isUnknown) = await FindAsync(site, host);
            if (host != "ops-1")
            {
                // Nothing tells another machine that the owner is dead, but the end of its lease.
                site.Clock.Advance(TimeSpan.FromSeconds(63));
            }

            if (runId is null)
            {
                Assert.True(isUnknown || site.World.History.Length is 0 or 3, $"killed at {killAt}");
                continue;
            }

            resumed++;
            string[] before = site.World.History;
            RunbookRun run = undo ? await site.NewProcess(host).UndoAsync(runId) : await site.NewProcess(host).ResumeAsync(runId);

            Assert.Equal((killAt, undo ? RunbookStatus.Undone : RunbookStatus.Completed, null), (killAt, run.Status, run.ErrorId));
            Assert.Equal(undo ? [.. before, .. before.Reverse().Select(change => "-" + change[1..])] : AllOn, site.World.History);
        }

        Assert.True(resumed > 40, $"only {resumed} runs were left unfinished");
    }

    [Fact]
    public async Task Killed_anywhere_while_it_takes_back_a_run_is_taken_back_by_the_next()
    {
        int undone = 0;
        for (int killAt = 1; ; killAt++)
        {
            TestSite site = new() { At = (part, _) => part == "act proof" ? throw new AcodeException("ThingBroken", FailureClass.ServerFault, "Broken.") : Task.CompletedTask };
            TestProcess first = site.NewProcess(moments: new Moments { KillAt = killAt });
            if (await RunAsync(() => first.StartAsync()) is { Status: RunbookStatus.Undone })
            {
                break;
            }

            site.End(first);
            if ((await FindAsync(site, "ops-1")).RunId is { } runId)
            {
                undone++;
                Assert.Equal(RunbookStatus.Undone, (await site.NewProcess().UndoAsync(runId)).Status);
            }

            Assert.Empty(site.World.On);
            Assert.DoesNotContain(site.World.History, change => change.StartsWith("twice", StringComparison.Ordinal));
        }

        Assert.True(undone > 60, $"only {undone} runs were left unfinished");
    }

    [Fact]
    public async Task Killed_again_and_again_a_run_is_completed_in_the_end()
    {
        for (int stride = 14; stride < 60; stride += 9)
        {
            TestSite site = new();
            TestProcess process = site.NewProcess(moments: new Moments { KillAt = 60 });
            await RunAsync(() => process.StartAsync());
            site.End(process);
            string runId = (await FindAsync(site, "ops-1")).RunId!;
            RunbookRun? run = null;
            for (int tries = 0; run is null && tries < 1000; tries++)
            {
                // Each attempt gets a little further than the one before it.
                process = site.NewProcess(moments: new Moments { KillAt = stride + tries });
                TestProcess next = process;
                run = await RunAsync(() => next.ResumeAsync(runId));
                site.End(process);
            }

            Assert.Equal(RunbookStatus.Completed, run!.Status);
            Assert.Equal(AllOn, site.World.History);
        }
    }

    private static async Task<RunbookRun?> RunAsync(Func<Task<RunbookRun>> run)
    {
        try
        {
            return await run();
        }
        catch (Moments.ProcessKilledException)
        {
            return null;
        }
    }

    // The unfinished run as an operator on that machine finds it; unknown where only the dead machine's disk tells of it.
    private static async Task<(string? RunId, bool IsUnknown)> FindAsync(TestSite site, string host)
    {
        List<RunReading> seen = await site.NewProcess(host).Reader.ReadAsync(1, unfinishedOnly: true, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        return seen is [{ Run: { } run }] ? (run.RunId, false) : (null, host != "ops-1" && site.StoredEntries.Length == 0 && site.World.History.Length == 0);
    }
}
