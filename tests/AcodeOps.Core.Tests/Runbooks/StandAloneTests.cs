using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>A runbook whose steps stand alone: what fails keeps nothing else from being done, and is done again by a resumption.</summary>
public sealed class StandAloneTests
{
    private static readonly AcodeException Broken = new("ThingBroken", FailureClass.ServerFault, "The thing is broken.") { Advice = "Mend it." };

    [Fact]
    public async Task A_step_that_fails_leaves_the_others_to_be_done_and_the_run_failed()
    {
        bool isBroken = true;
        TestSite site = new() { StandsAlone = true, At = (part, _) => isBroken && part is "act one" or "act three" && isBroken ? throw Broken : Task.CompletedTask };

        RunbookRun run = await site.NewProcess().StartAsync();

        Assert.Equal((RunbookStatus.Failed, "ThingBroken", "The thing is broken. The thing is broken."), (run.Status, run.ErrorId, run.Error));
        Assert.Equal($"Mend it. Resume-AcodeRunbook {run.RunId} does again what failed.", run.Advice);
        Assert.Equal(["look Completed", "one Failed", "two Completed", "three Failed", "proof Completed"], run.Steps.Select(step => $"{step.Name} {step.Status}"));
        Assert.Equal(["+two"], site.World.History);

        isBroken = false;
        RunbookRun resumed = await site.NewProcess("ops-2").ResumeAsync(run.RunId);

        Assert.Equal(RunbookStatus.Completed, resumed.Status);
        Assert.Equal(["+two", "+one", "+three"], site.World.History);
        Assert.Null(resumed.ToFailure());
    }

    [Fact]
    public async Task Stopped_it_does_not_go_on_to_the_next_step()
    {
        using CancellationTokenSource stop = new();
        TestSite site = new() { StandsAlone = true };
        site.At = async (part, cancel) =>
        {
            if (part == "act two")
            {
                await stop.CancelAsync();
                cancel.ThrowIfCancellationRequested();
            }
        };

        RunbookRun run = await site.NewProcess().StartAsync(cancel: stop.Token);

        Assert.Equal(RunFailures.StoppedId, run.ErrorId);
        Assert.DoesNotContain("+three", site.World.History);
    }
}
