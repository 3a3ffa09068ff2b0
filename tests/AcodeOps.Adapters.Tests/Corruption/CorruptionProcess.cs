using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Lab;
using AcodeOps.Recovery;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Corruption;

/// <summary>An operator on another machine, as far as a process can be one, who recovers corrupted data and dies at a write into the journal.</summary>
internal static class CorruptionProcess
{
    /// <summary>What the process that is killed does.</summary>
    public static async Task PlayAsync(string orders)
    {
        string[] parts = orders.Split('#');
        await using FailoverSite site = FailoverSite.Open(LabSite.Attach(parts[0]), parts[1]);
        KillingInstallation mortal = new(site.Installation, int.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture), bool.Parse(parts[4]));
        try
        {
            RecoveryPlan plan = await new CorruptionPlanner(mortal).PlanAsync(
                new CorruptionRequest { Prefix = parts[2], Reason = CorruptedSite.Reason, TimeoutSeconds = 30 }, progress: null, CancellationToken.None);
            RunbookRun run = await new RunbookEngine(mortal, FailoverSite.Origin).StartAsync(
                new RecoveryExecution(plan).Runbook(DateTimeOffset.UtcNow)!, new RunOptions(), progress: null, CancellationToken.None);
            Console.WriteLine($"{run.Status} {run.ErrorId} {run.Error}".ReplaceLineEndings(" "));
        }
        catch (AcodeException refused)
        {
            Console.WriteLine($"Refused {refused.Id} {refused.Message}".ReplaceLineEndings(" "));
        }
    }
}
