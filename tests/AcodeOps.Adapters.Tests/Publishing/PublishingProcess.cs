using System.Globalization;
using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>A publication in a process of its own, which dies by SIGKILL at one of its writes into the journal.</summary>
internal static class PublishingProcess
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>The run's status; null when the process died.</returns>
    public static Task<string?> RunAsync(PublishingSite site, int killWrite, bool killBefore, CancellationToken cancel) =>
        ChildProcess.RunAsync(typeof(PublishingProcess), string.Create(CultureInfo.InvariantCulture, $"{site.Orders}#{killWrite}#{killBefore}"), cancel);

    /// <summary>What the process does.</summary>
    public static async Task PlayAsync(string orders)
    {
        string[] parts = orders.Split('#');
        await using PublishingSite site = await PublishingSite.JoinAsync(parts, CancellationToken.None);
        KillingInstallation installation = new(site.Installation, int.Parse(parts[4], CultureInfo.InvariantCulture), bool.Parse(parts[5]));
        try
        {
            PublicationPlan plan = await new PublicationPlanner(installation).PlanAsync(
                await site.ReadAsync(), new PublicationOptions { Prune = true, AllowStateReset = true }, CancellationToken.None);
            RunbookRun run = await new RunbookEngine(installation, FailoverSite.Origin).StartAsync(new PublicationRunbook(plan), new RunOptions(), progress: null, CancellationToken.None);
            Console.WriteLine($"{run.Status} {run.ErrorId} {run.Error}".ReplaceLineEndings(" ").TrimEnd());
        }
        catch (AcodeException refused)
        {
            Console.WriteLine($"Refused {refused.Id} {refused.Message}".ReplaceLineEndings(" "));
        }
    }
}
