using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>Two processes switch the same installation in the same moment, again and again: one of them does it, and the other keeps off.</summary>
public sealed class RaceTests(LabFixture labs)
{
    private static readonly int Rounds = Thoroughness.IsFull ? 200 : 16;

    // What keeps the loser off: the winner's lease, its unfinished run, or that it found the work done.
    private static readonly string[] Lost = ["Refused LeaseHeld", "Refused RunUnfinished", "Undone PlanOutdated", "Undone StandbyIsWriting", "Refused StandbyIsWriting", "Done already"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_operators_exactly_one_switches()
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, DatabaseFlavor.MariaDb, "incremental", rows: 100);
        await using SwitchProcess one = await SwitchProcess.StartAsync(site.Lab, site.EnvironmentName, Cancel);
        await using SwitchProcess other = await SwitchProcess.StartAsync(site.Lab, site.EnvironmentName, Cancel);
        string[] routes = [.. site.Installation.Environment.Routes.Select(r => r.Name)];
        int contested = 0;
        for (int round = 1; round <= Rounds; round++)
        {
            string to = routes[round % 2];
            string?[] said = await Task.WhenAll(one.SwitchAsync(to, Cancel), other.SwitchAsync(to, Cancel));

            Assert.True(said.Count(s => s == "Completed") == 1, $"round {round}: {string.Join(" | ", said)}");
            string loser = said.Single(s => s != "Completed")!;
            Assert.True(Lost.Any(l => loser.StartsWith(l, StringComparison.Ordinal)), $"round {round}: {loser}");
            contested += loser == "Done already" ? 0 : 1;
        }

        TestContext.Current.SendDiagnosticMessage($"{contested} of {Rounds} rounds were contested");
        await site.AssertSingleWriterAsync();
        List<RunbookRun> runs = await new JournalReader(site.Installation).ReadAsync(2, unfinishedOnly: false, Cancel).Select(r => r.Run!).ToListAsync(Cancel);
        Assert.Equal(Rounds, runs.Count(r => r.Status == RunbookStatus.Completed));
        Assert.All(runs, run => Assert.True(run.Status is RunbookStatus.Completed or RunbookStatus.Undone, run.ToString()));
        AssertApart([.. runs.Where(r => r.Status == RunbookStatus.Completed).OrderBy(r => r.RunId, StringComparer.Ordinal)]);
    }

    // Each begins to change something only after the one before has ended.
    private static void AssertApart(IReadOnlyList<RunbookRun> runs)
    {
        for (int i = 1; i < runs.Count; i++)
        {
            Assert.True(runs[i].Steps[1].StartedAt >= runs[i - 1].EndedAt, $"{runs[i - 1].RunId} and {runs[i].RunId} overlap.");
        }
    }
}
