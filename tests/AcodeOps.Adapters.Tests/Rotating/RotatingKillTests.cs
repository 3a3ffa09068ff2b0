using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>
/// The process that rotates is killed by SIGKILL before and after its writes into the journal: in the middle of every step. Another
/// process completes the run or takes it back, in turn, while syncs run all the time. Afterwards one login is left, the secret and
/// Airbyte hold it, and no sync has failed.
/// </summary>
[Collection(RotatingCollection.Name)]
public sealed class RotatingKillTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql, SourceRole.Primary)]
    [InlineData(DatabaseFlavor.MariaDb, SourceRole.Backup)]
    public async Task Killed_anywhere_it_is_completed_or_taken_back(DatabaseFlavor flavor, SourceRole role)
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, flavor, role);
        await using SyncsAllTheTime syncs = new(site);
        await syncs.BegunAsync(Cancel);
        HashSet<string> versions = [(await site.DescribeAsync()).CurrentVersionId!];
        (int killed, bool resume) = (0, Random.Shared.Next(2) == 0);
        foreach (int write in Thoroughness.KillPoints(usualStep: 15))
        {
            foreach (bool early in Thoroughness.IsFull ? (bool[])[true, false] : [write % 2 == 0])
            {
                foreach (bool completes in Thoroughness.IsFull ? (bool[])[true, false] : [resume = !resume])
                {
                    string where = $"killed {(early ? "before" : "after")} write {write}, then {(completes ? "completed" : "taken back")}";
                    string before = (await site.DescribeAsync()).CurrentVersionId!;
                    string? alive = await RotatingProcess.RunAsync(site, write, early, Cancel);
                    bool isBegun = await TakeUpAsync(site, completes, where);
                    versions.UnionWith(((await site.DescribeAsync()).CurrentVersionId!, before) is var (now, then) ? [now, then] : []);
                    await site.AssertSettledAsync(where, [.. versions]);
                    if (alive is not null)
                    {
                        Assert.StartsWith("Completed", alive);
                        TestContext.Current.TestOutputHelper!.WriteLine($"{killed} killed, the run has {write} writes at most");
                        Assert.InRange(killed, Thoroughness.IsFull ? 60 : 1, 200);
                        Assert.All(await syncs.EndAsync(), sync => Assert.Equal(SyncStatus.Succeeded, sync.Status));
                        return;
                    }

                    killed++;
                    if (isBegun)
                    {
                        Assert.True(completes == (before != (await site.DescribeAsync()).CurrentVersionId), where);
                    }
                }
            }
        }
    }

    // False where the run was killed before anything was on record, or after everything was.
    private static async Task<bool> TakeUpAsync(RotatingSite site, bool completes, string where)
    {
        List<RunReading> unfinished = await new JournalReader(site.Installation).ReadAsync(2, unfinishedOnly: true, Cancel).ToListAsync(Cancel);
        if (unfinished.Count == 0)
        {
            return false;
        }

        RunbookRun run = Assert.Single(unfinished).Run!;
        RunbookEngine engine = new(site.Installation, FailoverSite.Origin);
        RunbookRun ended = completes
            ? await engine.ResumeAsync(run.RunId, new RunOptions(), progress: null, Cancel)
            : await engine.UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        Assert.True(
            ended.Status == (completes ? RunbookStatus.Completed : RunbookStatus.Undone),
            $"{where}: {ended}. {ended.ErrorId}: {ended.Error}\n{string.Join('\n', ended.Steps.Select(s => $"{s} {s.Error} {string.Join("; ", s.Evidence)}"))}");
        return true;
    }
}
