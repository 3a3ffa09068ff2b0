using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>
/// The process that switches is killed by SIGKILL before and after each of its writes into the journal: before, after and in
/// the middle of every step. Another process then resumes the run, or takes it back. In every case there was never a second
/// writer, and the lake ends with every sale.
/// </summary>
public abstract class KillMatrixTests(LabFixture labs, DatabaseFlavor flavor)
{
    private const string LakePath = "origin=airbyte/database=bronze_acode/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One environment, and one way to go on.</summary>
    protected async Task KillAnywhereAsync(string environment, bool resume)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, environment, rows: 300);
        string standby = site.Installation.Environment.Routes[1].Name;
        string active = site.Installation.Environment.Routes[0].Name;
        int killed = 0;
        foreach (int write in Thoroughness.KillPoints(usualStep: 5))
        {
            // In short, before one write and after the next; the two series the other way round.
            foreach (bool before in Thoroughness.IsFull ? (bool[])[true, false] : [write % 2 == 0 == resume])
            {
                string other = active == standby ? site.Installation.Environment.Routes[0].Name : standby;
                if (await KilledAsync(site, other, write, before) is { } alive)
                {
                    // The run had fewer writes: every one of them has had its turn.
                    Assert.StartsWith("Completed", alive);
                    Assert.InRange(killed, Thoroughness.IsFull ? 30 : 3, 80);
                    return;
                }

                killed++;
                TestContext.Current.SendDiagnosticMessage($"{flavor} {environment}: killed {(before ? "before" : "after")} write {write}");
                active = await TakeUpAsync(site, active, other, resume, $"killed {(before ? "before" : "after")} write {write}");
                await site.AssertSingleWriterAsync();
                await AssertEverySaleAsync(site);
            }
        }
    }

    private static async Task<string?> KilledAsync(FailoverSite site, string to, int write, bool before)
    {
        await using SwitchProcess operatorProcess = await SwitchProcess.StartAsync(site.Lab, site.EnvironmentName, Cancel);
        return await operatorProcess.SwitchAsync(to, Cancel, write, before);
    }

    /// <summary>Resumes the run or takes it back, and returns the route that is active then.</summary>
    private static async Task<string> TakeUpAsync(FailoverSite site, string from, string to, bool resume, string where)
    {
        List<RunReading> unfinished = await new JournalReader(site.Installation).ReadAsync(2, unfinishedOnly: true, Cancel).ToListAsync(Cancel);
        if (unfinished.Count == 0)
        {
            // Killed before anything was on record, or after everything was.
            return await ActiveAsync(site);
        }

        RunbookRun run = Assert.Single(unfinished).Run!;
        RunbookEngine engine = new(site.Installation, FailoverSite.Origin);
        RunbookRun ended = resume
            ? await engine.ResumeAsync(run.RunId, new RunOptions(), progress: null, Cancel)
            : await engine.UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        RunbookStatus expected = resume ? RunbookStatus.Completed : RunbookStatus.Undone;
        Assert.True(ended.Status == expected, $"{where}: {ended}. {ended.ErrorId}: {ended.Error} {string.Join("; ", ended.Steps.Where(step => step.Error is not null).Select(step => $"{step.Name}: {step.Error}"))}");
        string active = await ActiveAsync(site);
        Assert.Equal(resume ? to : from, active);
        if (!resume)
        {
            // Taken back, the old route goes on as it always did.
            string connection = site.Installation.Environment.Routes.Single(r => r.Name == active).Connection;
            Assert.Equal(SyncStatus.Succeeded, (await site.SyncAsync(await site.ConnectionAsync(connection))).Status);
        }

        return active;
    }

    private static async Task<string> ActiveAsync(FailoverSite site)
    {
        List<string> active = [];
        foreach (RouteDefinition route in site.Installation.Environment.Routes)
        {
            Connection? connection = await site.Installation.Airbyte.ReadConnectionAsync(await site.ConnectionAsync(route.Connection), Cancel);
            if (connection!.Status == ConnectionStatus.Active)
            {
                active.Add(route.Name);
            }
        }

        return Assert.Single(active);
    }

    private static async Task AssertEverySaleAsync(FailoverSite site)
    {
        HashSet<long> sales = await FailoverSite.SourceIdsAsync(site.Lab.Databases.Primary);
        IEnumerable<long> landed = site.EnvironmentName == "lab"
            ? await site.PrimaryLake.IdsAsync($"{LakePath}{SalesTables.Daily}/", Cancel)
            : [.. await site.PrimaryLake.IdsAsync($"{LakePath}incremental_", Cancel), .. await site.BackupLake.IdsAsync("origin=backup/database=bronze_acode_backup/backup_incremental_", Cancel)];
        Assert.Equal(sales.Order(), landed.Distinct().Order());
    }
}

public sealed class KillMatrixOnMySqlTests(LabFixture labs) : KillMatrixTests(labs, DatabaseFlavor.MySql)
{
    [Fact]
    public Task A_killed_switch_of_snapshots_is_resumed_and_nothing_is_lost() => KillAnywhereAsync("lab", resume: true);

    [Fact]
    public Task A_killed_switch_of_incremental_streams_is_taken_back_and_nothing_is_lost() => KillAnywhereAsync("incremental", resume: false);
}

public sealed class KillMatrixOnMariaDbTests(LabFixture labs) : KillMatrixTests(labs, DatabaseFlavor.MariaDb)
{
    [Fact]
    public Task A_killed_switch_of_snapshots_is_taken_back_and_nothing_is_lost() => KillAnywhereAsync("lab", resume: false);

    [Fact]
    public Task A_killed_switch_of_incremental_streams_is_resumed_and_nothing_is_lost() => KillAnywhereAsync("incremental", resume: true);
}
