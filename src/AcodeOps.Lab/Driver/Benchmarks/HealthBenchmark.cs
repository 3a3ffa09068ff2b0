using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Hosting;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>What a round of <c>Test-AcodeHealth</c> takes on a lab: on a healthy one, beside the guide's commands, and with the primary a black hole.</summary>
internal sealed class HealthBenchmark : IBenchmark
{
    private const int Rounds = 9;
    private const int BlackHoleRounds = 3;
    private const int HealthyTimeoutSeconds = 20;
    private const int BlackHoleTimeoutSeconds = 5;

    public string Name => "health";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        await new PackageInstaller(Console.Error.WriteLine).InstallAsync(PackageTrees.GuideTools, cancel);
        LabOptions options = new() { Folder = Path.Combine(repository.Out, "bench-lab"), Rows = 20_000 };
        await using LabSite lab = await LabSite.StartAsync(options, Console.Error.WriteLine, cancel);
        using Runspace runspace = HostRunspace.Open(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        Run(runspace, new Command("Connect-AcodeEnvironment") { Parameters = { { "Environment", Path.Combine(lab.Folder, LabEnvironmentFile.FileName) } } }, cancel);

        // A new lab has rehearsed nothing yet, and is told so.
        Run(runspace, new Command("Start-AcodeDisasterRecovery") { Parameters = { { "Drill", true }, { "Confirm", false } } }, cancel);
        GuideCommands guide = new(lab);

        List<Round> healthy = [];
        List<double> guided = [];
        for (int round = -1; round < Rounds; round++)
        {
            // By turns, so that a busy machine is as busy for the one as for the other; the first pair only warms up.
            Round mine = Check(runspace, HealthyTimeoutSeconds, cancel);
            double theirs = await guide.RunAsync(cancel);
            if (mine.Troubles.Count > 0)
            {
                throw new DriverException($"The lab is not healthy: {string.Join("; ", mine.Troubles)}.");
            }

            if (round >= 0)
            {
                healthy.Add(mine);
                guided.Add(theirs);
            }
        }

        yield return new Measurement(
            $"Test-AcodeHealth, healthy lab, {healthy[0].Checks} checks", "ms", Samples.Median(healthy.Select(r => r.WallMs)),
            $"the guide's {guide.Count} commands (3 mysql, aws s3 ls)", Samples.Median(guided));
        yield return new Measurement("its wall time / its slowest check (at most 1.3)", "times", Samples.Median(healthy.Select(r => r.WallMs / r.SlowestMs)));

        await LabFaults.ApplyAsync(lab, "black-hole", ["primary", "deaf"], cancel);
        List<double> over = [];
        for (int round = 0; round < BlackHoleRounds; round++)
        {
            Round blind = Check(runspace, BlackHoleTimeoutSeconds, cancel);
            if (blind.Troubles.Count == 0)
            {
                throw new DriverException("The primary is a black hole, and every check was healthy.");
            }

            over.Add((blind.WallMs / 1000) - BlackHoleTimeoutSeconds);
        }

        await LabFaults.ClearAsync(lab, name: null, cancel);
        yield return new Measurement($"primary a black hole: time over -TimeoutSeconds {BlackHoleTimeoutSeconds}, worst of {BlackHoleRounds} (at most 0.5)", "s", over.Max());
    }

    private static Round Check(Runspace runspace, int timeoutSeconds, CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        IReadOnlyList<PSObject> checks = Run(runspace, new Command("Test-AcodeHealth") { Parameters = { { "TimeoutSeconds", timeoutSeconds } } }, cancel);
        double wall = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return new Round(
            wall,
            checks.Max(c => Convert.ToDouble(c.Properties["LatencyMs"].Value, CultureInfo.InvariantCulture)),
            checks.Count,
            [.. checks.Where(c => $"{c.Properties["Verdict"].Value}" != "Healthy").Select(c => c.ToString())]);
    }

    private static IReadOnlyList<PSObject> Run(Runspace runspace, Command command, CancellationToken cancel)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        using CancellationTokenRegistration stop = cancel.Register(() => shell.BeginStop(null, null));
        shell.Commands.AddCommand(command);
        try
        {
            IReadOnlyList<PSObject> output = shell.Invoke();
            cancel.ThrowIfCancellationRequested();
            return shell.Streams.Error.Count == 0 ? output : throw new DriverException($"{command.CommandText}: {shell.Streams.Error[0]}");
        }
        catch (PipelineStoppedException)
        {
            throw new OperationCanceledException(cancel);
        }
    }

    private sealed record Round(double WallMs, double SlowestMs, int Checks, IReadOnlyList<string> Troubles);
}
