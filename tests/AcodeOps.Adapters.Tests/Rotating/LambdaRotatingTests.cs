using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;
using AcodeOps.Secrets.Rotating;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>A secret that a Lambda rotates: it is called and waited for, and the rest follows it.</summary>
[Collection(RotatingCollection.Name)]
public sealed class LambdaRotatingTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Lambda_is_called_and_waited_for_and_Airbyte_follows()
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        PlayedLambda lambda = new(site);
        await lambda.ConfigureAsync();
        string first = (await site.DescribeAsync()).CurrentVersionId!;
        RotationPlan plan = await site.PlanAsync();
        Assert.Equal(RotationMode.Lambda, plan.Mode);
        Assert.Contains(plan.Notes, note => note.Contains("a sync that begins in between fails", StringComparison.Ordinal));
        Assert.Equal("RotationRefused", (await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync(new RotationRequest { Source = SourceRole.Primary, Mode = RotationMode.DualPassword }))).Id);

        // Stopped while the Lambda is at work: nothing is taken back, and the run is gone on with.
        using CancellationTokenSource stop = new();
        RunbookEngine engine = new(site.Installation, FailoverSite.Origin);
        Task<RunbookRun> work = engine.StartAsync(new RotationRunbook(plan), new RunOptions(), progress: null, stop.Token);
        while ((await site.DescribeAsync()).PendingVersionId is null)
        {
            Assert.False(work.IsCompleted, work.IsCompleted ? $"{(await work).Error}" : "");
            await Task.Delay(50, Cancel);
        }

        await stop.CancelAsync();
        RunbookRun stopped = await work;
        FailoverSite.AssertStatus(RunbookStatus.Interrupted, stopped);
        Task played = lambda.PlayAsync("Of-the-lambda.7");
        RunbookRun run = await engine.ResumeAsync(stopped.RunId, new RunOptions(), progress: null, Cancel);
        await played;
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        await site.AssertSettledAsync("by the Lambda", first);
        RunbookRun undone = await engine.UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        Assert.Equal(("RotationRefused", RunbookStatus.Failed), (undone.ErrorId, undone.Status));
        await site.AssertSettledAsync("not taken back", first);
    }
}
