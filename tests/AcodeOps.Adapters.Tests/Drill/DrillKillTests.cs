using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Drill;

/// <summary>
/// The process that rehearses is killed by SIGKILL before and after its writes into the journal: in the middle of every step,
/// and of taking it back. Another process then goes on with it, or takes it back. In every case nothing of the rehearsal is left.
/// </summary>
public abstract class DrillKillTests(LabFixture labs, DatabaseFlavor flavor)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One environment, and one way to go on.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="resume">Go on, or take back.</param>
    /// <param name="fails">Let Airbyte's job of each killed process fail, so that it dies while it takes the rehearsal back.</param>
    protected async Task KillAnywhereAsync(string environment, bool resume, bool fails = false)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, environment, rows: 300);
        IReadOnlyList<string> before = await DrillSite.WorldAsync(site.Installation);
        int killed = 0;
        foreach (int write in Thoroughness.KillPoints(usualStep: 17))
        {
            foreach (bool early in Thoroughness.IsFull ? (bool[])[true, false] : [write % 2 == 0])
            {
                if (fails)
                {
                    await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_fail", ["failureType"] = "config_error", ["afterRows"] = 100 });
                }

                string? last = await DrillSite.LastAsync(site.Installation);
                string? alive = await DrillProcess.RunAsync(site.Lab, environment, write, early, Cancel);
                await site.ClearAirbyteFaultsAsync();
                string where = $"killed {(early ? "before" : "after")} write {write}";
                if (alive is null)
                {
                    killed++;
                    TestContext.Current.SendDiagnosticMessage($"{flavor} {environment}: {where}");
                    await TakeUpAsync(site, resume, last, where);
                }

                Assert.True(before.SequenceEqual(await DrillSite.WorldAsync(site.Installation)), where);
                if (alive is not null)
                {
                    // The run had fewer writes: every one of them has had its turn.
                    Assert.StartsWith(fails ? "Undone SyncFailed" : "Completed", alive);
                    Assert.InRange(killed, Thoroughness.IsFull ? 30 : 1, 60);
                    await site.AssertSingleWriterAsync();
                    return;
                }
            }
        }
    }

    private static async Task TakeUpAsync(FailoverSite site, bool resume, string? last, string where)
    {
        List<RunReading> unfinished = await new JournalReader(site.Installation).ReadAsync(2, unfinishedOnly: true, Cancel).ToListAsync(Cancel);
        if (unfinished.Count == 0)
        {
            // Killed before anything was on record, or after everything was.
            return;
        }

        RunbookRun run = Assert.Single(unfinished).Run!;
        RunbookEngine engine = new(site.Installation, FailoverSite.Origin);
        RunbookRun ended = resume
            ? await engine.ResumeAsync(run.RunId, new RunOptions(), progress: null, Cancel)
            : await engine.UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        Assert.True(ended.Status == (resume ? RunbookStatus.Completed : RunbookStatus.Undone), $"{where}: {ended}. {ended.ErrorId}: {ended.Error}");
        DrillResult result = Assert.IsType<DrillResult>(ended.Result);
        Assert.True(result.IsCleanedUp, where);
        Assert.True(!resume || result.IsProven, where);
        Assert.Equal(resume ? ended.RunId : last, await DrillSite.LastAsync(site.Installation));
    }
}

public sealed class DrillKillOnMySqlTests(LabFixture labs) : DrillKillTests(labs, DatabaseFlavor.MySql)
{
    [Fact]
    public Task A_killed_drill_of_snapshots_is_resumed_and_nothing_of_it_is_left() => KillAnywhereAsync("lab", resume: true);

    [Fact]
    public Task A_drill_killed_while_it_is_taken_back_is_taken_back_and_nothing_of_it_is_left() => KillAnywhereAsync("incremental", resume: false, fails: true);
}

public sealed class DrillKillOnMariaDbTests(LabFixture labs) : DrillKillTests(labs, DatabaseFlavor.MariaDb)
{
    [Fact]
    public Task A_killed_drill_of_incremental_streams_is_taken_back_and_nothing_of_it_is_left() => KillAnywhereAsync("incremental", resume: false);
}
