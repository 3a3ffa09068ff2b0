using System.Diagnostics;
using System.Globalization;
using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Exporting;
using AcodeOps.Lab;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Exporting;

/// <summary>A process that copies the newest rows of a lab, and dies at one of its writes into the journal.</summary>
internal static class CopyProcess
{
    /// <summary>Small objects, so that there are many moments to die at.</summary>
    public const int ObjectRows = 150;

    /// <summary>Starts one and waits for its end.</summary>
    /// <returns>What it says of its run; null when it died.</returns>
    public static async Task<string?> RunAsync(LabSite lab, int killWrite, bool killBefore, CancellationToken cancel)
    {
        using Process process = ChildProcess.Start(typeof(CopyProcess), $"{lab.Folder}#{killWrite}#{killBefore}");
        string said = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.Contains(process.ExitCode, (int[])[0, 128 + 9]);
        return process.ExitCode == 0 ? said.Trim() : null;
    }

    /// <summary>What the process does.</summary>
    public static async Task PlayAsync(string orders)
    {
        string[] parts = orders.Split('#');
        await using FailoverSite site = FailoverSite.Open(LabSite.Attach(parts[0]), "lab");
        KillingInstallation installation = new(site.Installation, int.Parse(parts[1], CultureInfo.InvariantCulture), bool.Parse(parts[2]));
        ExportPlan plan = await new ExportPlanner(installation).PlanAsync(new ExportRequest { Days = 2, TimeoutSeconds = 60 }, CancellationToken.None);
        RunbookRun run = await new RunbookEngine(installation, FailoverSite.Origin)
            .StartAsync(new ExportRunbook(plan with { ObjectRows = ObjectRows }), new RunOptions(), progress: null, CancellationToken.None);
        Console.WriteLine($"{run.Status} {run.ErrorId} {run.Error}".TrimEnd());
    }
}
