using System.Globalization;
using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Lab;
using AcodeOps.Recovery.Drill;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Drill;

/// <summary>A process that rehearses once, and dies at a write into the journal.</summary>
internal static class DrillProcess
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>The run's status; null when the process died.</returns>
    public static Task<string?> RunAsync(LabSite lab, string environment, int killWrite, bool killBefore, CancellationToken cancel) =>
        ChildProcess.RunAsync(typeof(DrillProcess), string.Create(CultureInfo.InvariantCulture, $"{lab.Folder}#{environment}#{killWrite}#{killBefore}"), cancel);

    /// <summary>What the process does.</summary>
    public static async Task PlayAsync(string orders)
    {
        string[] parts = orders.Split('#');
        await using FailoverSite site = FailoverSite.Open(LabSite.Attach(parts[0]), parts[1]);
        KillingInstallation installation = new(site.Installation, int.Parse(parts[2], CultureInfo.InvariantCulture), bool.Parse(parts[3]));
        try
        {
            DrillPlan plan = await new DrillPlanner(installation).PlanAsync(to: null, CancellationToken.None);
            RunbookRun run = await new RunbookEngine(installation, FailoverSite.Origin).StartAsync(new DrillRunbook(plan), new RunOptions(), progress: null, CancellationToken.None);
            Console.WriteLine($"{run.Status} {run.ErrorId} {run.Error}".ReplaceLineEndings(" ").TrimEnd());
        }
        catch (AcodeException refused)
        {
            Console.WriteLine($"Refused {refused.Id} {refused.Message}".ReplaceLineEndings(" "));
        }
    }
}
