using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Corruption;

/// <summary>
/// The process that recovers corrupted data is killed by SIGKILL before or after each of its writes into the journal. Another
/// one resumes the run, and the lake has every sale once; or takes it back, and the lake is as it was. There is never a second writer.
/// </summary>
public sealed class CorruptionKillTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "incremental", true)]
    [InlineData(DatabaseFlavor.MariaDb, "lab", false)]
    [InlineData(DatabaseFlavor.MariaDb, "incremental", false)]
    public async Task Killed_anywhere_it_is_resumed_or_taken_back(DatabaseFlavor flavor, string environment, bool resume)
    {
        CorruptedSite corrupted = new(await FailoverSite.StartAsync(labs, flavor, environment, rows: 200));
        await using FailoverSite site = corrupted.Site;
        await corrupted.CorruptAsync(Damage.Doubled, corrupted.Partition());
        int killed = 0;
        foreach (int write in Thoroughness.KillPoints(usualStep: 17))
        {
            foreach (bool before in Thoroughness.IsFull ? (bool[])[true, false] : [write % 2 == 0])
            {
                string where = $"killed {(before ? "before" : "after")} write {write}";
                IReadOnlyList<string> keys = await corrupted.KeysAsync(corrupted.Partition());
                string state = await corrupted.StateAsync();
                if (await RecoverAsync(site, corrupted.Partition(), write, before) is { } alive)
                {
                    // The run had fewer writes: every one of them has had its turn.
                    Assert.StartsWith("Completed", alive);
                    Assert.InRange(killed, Thoroughness.IsFull ? 30 : 1, 120);
                    await corrupted.AssertAsTheSourceAsync();
                    return;
                }

                killed++;
                TestContext.Current.SendDiagnosticMessage($"{flavor} {environment}: {where}");
                List<RunReading> unfinished = await new JournalReader(site.Installation).ReadAsync(2, unfinishedOnly: true, Cancel).ToListAsync(Cancel);
                if (unfinished.Count > 0)
                {
                    await TakeUpAsync(corrupted, Assert.Single(unfinished).Run!.RunId, resume, where);
                    if (resume)
                    {
                        await corrupted.AssertAsTheSourceAsync();
                    }
                    else
                    {
                        Assert.Equal(keys, await corrupted.KeysAsync(corrupted.Partition()));

                        // Of a whole snapshot the state says only how far the last sync came, and the one that was stopped came less far.
                        if (environment == "incremental")
                        {
                            Assert.Equal(state, await corrupted.StateAsync());
                        }
                    }
                }

                await corrupted.AssertActiveAsync();
                await site.AssertSingleWriterAsync();
            }
        }
    }

    private static async Task TakeUpAsync(CorruptedSite corrupted, string runId, bool resume, string where)
    {
        RunbookEngine engine = new(corrupted.Site.Installation, FailoverSite.Origin);
        RunbookRun ended = resume
            ? await engine.ResumeAsync(runId, new RunOptions(), progress: null, Cancel)
            : await engine.UndoAsync(runId, new RunOptions(), progress: null, Cancel);
        Assert.True(
            ended.Status == (resume ? RunbookStatus.Completed : RunbookStatus.Undone),
            $"{where}: {ended}. {ended.ErrorId}: {ended.Error} {string.Join("; ", ended.Steps.Where(step => step.Error is not null).Select(step => $"{step.Name}: {step.Error}"))}");
    }

    /// <summary>What the process said at its end; null when it was killed.</summary>
    private static Task<string?> RecoverAsync(FailoverSite site, string partition, int write, bool before) =>
        ChildProcess.RunAsync(typeof(CorruptionProcess), $"{site.Lab.Folder}#{site.EnvironmentName}#{partition}#{write}#{before}", Cancel);
}
