using System.Globalization;
using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Adapters.Tests.Failover;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>A rotation in a process of its own, which dies by SIGKILL at one of its writes into the journal.</summary>
internal static class RotatingProcess
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>The run's status; null when the process died.</returns>
    public static Task<string?> RunAsync(RotatingSite site, int killWrite, bool killBefore, CancellationToken cancel) =>
        ChildProcess.RunAsync(typeof(RotatingProcess), string.Create(CultureInfo.InvariantCulture, $"{site.Orders}#{killWrite}#{killBefore}"), cancel);

    /// <summary>What the process does.</summary>
    public static async Task PlayAsync(string orders)
    {
        string[] parts = orders.Split('#');
        await using RotatingSite site = await RotatingSite.JoinAsync(parts, CancellationToken.None);
        KillingInstallation installation = new(site.Installation, int.Parse(parts[6], CultureInfo.InvariantCulture), bool.Parse(parts[7]));
        try
        {
            RunbookRun run = await site.RotateAsync(installation: installation);
            Console.WriteLine($"{run.Status} {run.ErrorId} {run.Error}".ReplaceLineEndings(" ").TrimEnd());
        }
        catch (AcodeException refused)
        {
            Console.WriteLine($"Refused {refused.Id} {refused.Message}".ReplaceLineEndings(" "));
        }
    }
}
