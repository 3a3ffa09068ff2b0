using System.Diagnostics;
using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Lab;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>
/// An operator on another machine, as far as a process can be one: it is told a route, a line each, switches to it, and says
/// what came of it. It can be made to die at a write into the journal.
/// </summary>
internal sealed class SwitchProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SwitchProcess(Process process) => _process = process;

    /// <summary>Starts one; it says when it is ready.</summary>
    public static async Task<SwitchProcess> StartAsync(LabSite lab, string environment, CancellationToken cancel)
    {
        Process process = ChildProcess.Start(typeof(SwitchProcess), $"{lab.Folder}#{environment}");
        string? line = await process.StandardOutput.ReadLineAsync(cancel);
        return line == "ready" ? new SwitchProcess(process) : throw new InvalidOperationException($"The process says '{line}'.");
    }

    /// <summary>Has it switch.</summary>
    /// <returns>The run's status and, where there is one, the id of its failure; null when the process died.</returns>
    public async Task<string?> SwitchAsync(string route, CancellationToken cancel, int killWrite = 0, bool killBefore = false)
    {
        await _process.StandardInput.WriteLineAsync($"{route} {killWrite} {killBefore}".AsMemory(), cancel);
        await _process.StandardInput.FlushAsync(cancel);
        string? line = await _process.StandardOutput.ReadLineAsync(cancel);
        if (line is null)
        {
            await _process.WaitForExitAsync(cancel);
            Assert.Equal(128 + 9, _process.ExitCode);
        }

        return line;
    }

    /// <summary>What the process does.</summary>
    public static async Task PlayAsync(string orders)
    {
        string[] parts = orders.Split('#');
        await using FailoverSite site = FailoverSite.Open(LabSite.Attach(parts[0]), parts[1]);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            Console.WriteLine(await SwitchAsync(site, words[0], int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), bool.Parse(words[2])));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<string> SwitchAsync(FailoverSite site, string route, int killWrite, bool killBefore)
    {
        try
        {
            IInstallation installation = killWrite == 0 ? site.Installation : new KillingInstallation(site.Installation, killWrite, killBefore);
            FailoverPlan plan = await new FailoverPlanner(installation).PlanAsync(new FailoverRequest { Candidates = [route], TimeoutSeconds = 30 }, CancellationToken.None);
            if (plan.IsDone)
            {
                return "Done already";
            }

            RunbookRun run = plan.IsAllowed
                ? await new RunbookEngine(installation, FailoverSite.Origin).StartAsync(new FailoverRunbook(plan), new RunOptions(), progress: null, CancellationToken.None)
                : throw new FailoverConsent(plan).Refusal();
            return $"{run.Status} {run.ErrorId} {run.Error}".ReplaceLineEndings(" ").TrimEnd();
        }
        catch (AcodeException refused)
        {
            return $"Refused {refused.Id} {refused.Message}".ReplaceLineEndings(" ");
        }
    }
}
