using System.Diagnostics;
using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>Ctrl-C at moments all over a switch: the command ends, exactly one route is active, and the record says which and why.</summary>
[Collection(SharedSites.Collection)]
public sealed class StopTests(SharedSites sites)
{
    private const int Moments = 12;

    // What is begun may be taken back for a minute; the machine may be busy.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_switch_of_snapshots_ends_on_record_whenever_it_is_stopped(DatabaseFlavor flavor)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        await StopAllOverAsync(site, "lab", "backup_mysql");
    }

    [Fact]
    public async Task A_switch_of_incremental_streams_ends_on_record_whenever_it_is_stopped()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await using IncrementalPair pair = await IncrementalPair.ActivateAsync(site);
        await StopAllOverAsync(site, IncrementalPair.Environment, IncrementalPair.Standby);
    }

    private static async Task StopAllOverAsync(LabSite site, string environment, string standby)
    {
        using LabSession look = new(site, environment);
        PSObject whole = Assert.Single(look.Run($"Invoke-AcodeFailover {standby} -Confirm:$false").Clean());
        JournalWatch journals = new(site, environment);
        int lines = journals.LinesOf(Text(whole, "RunId"));

        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int moment = 0; moment < Moments; moment++)
        {
            // One moment in each twelfth of the journal, and somewhere between two of its lines.
            int line = random.Next(lines * moment / Moments, lines * (moment + 1) / Moments);
            TimeSpan after = TimeSpan.FromMilliseconds(random.Next(200));
            string what = $"seed {seed}, {environment}, {after.TotalMilliseconds} ms after line {line} of {lines}";
            string old = Active(look);
            await StopAsync(site, look, environment, old, old == standby ? "primary" : standby, journals, line, after, what);
        }
    }

    private static async Task StopAsync(LabSite site, LabSession look, string environment, string old, string target, JournalWatch journals, int line, TimeSpan after, string what)
    {
        string last = Text(look.Run("Get-AcodeRunbook -Days 1 | Select-Object -First 1").Only, "RunId");
        using LabSession session = new(site, environment);
        TaskCompletionSource begun = new();
        Task<ScriptResult> running = Task.Run(() => session.With("begun", begun).Run($"$begun.SetResult(); Invoke-AcodeFailover {target} -Confirm:$false"), Cancel);
        await begun.Task;
        await journals.WaitForLineAsync(line, after: last, running, Cancel);
        await Task.Delay(after, Cancel);
        bool isStopped = !running.IsCompleted;
        long stoppedAt = Stopwatch.GetTimestamp();
        session.Stop();
        ScriptResult result = await running.WaitAsync(Bound, Cancel);
        TimeSpan took = Stopwatch.GetElapsedTime(stoppedAt);

        PSObject run = look.Run("Get-AcodeRunbook -Days 1 | Select-Object -First 1").Only;
        string status = Text(run, "RunId") == last ? "not begun" : Text(run, "Status");
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {status} {took.TotalSeconds:0.00} s after Ctrl-C. {result.HostText.Trim()}");

        Assert.True(status is "not begun" or "Undone" or "AwaitingProof" or "Interrupted" or "Completed", $"{what}: {status}, {Text(run, "Error")}");
        Assert.Equal((status is "not begun" or "Undone" ? old : target, what), (Active(look), what));
        if (isStopped && status != "not begun" && result.Output.Count == 0)
        {
            string told = Assert.Single(result.HostText.Split('\n'), text => text.StartsWith("WARNING: Switch", StringComparison.Ordinal));
            Assert.Contains(status, told, StringComparison.Ordinal);

            // All servers are well: nothing of the run has to wait on this machine.
            Assert.DoesNotContain("on this machine", result.HostText, StringComparison.Ordinal);
        }

        // Only what came after the proof, or waits for it, is left for later.
        if (status is "AwaitingProof" or "Interrupted")
        {
            Assert.Equal("Completed", Text(Assert.Single(look.Run($"Resume-AcodeRunbook {Text(run, "RunId")} -Confirm:$false").Clean()), "Status"));
        }

        Assert.Empty(look.Run("Get-AcodeRunbook -Unfinished").Clean());
    }

    private static string Active(LabSession session) => Text(Assert.Single(session.Run("Get-AcodeRoute -Active").Clean()), "Name");

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
