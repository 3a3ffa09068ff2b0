using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Hosting;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// A watch that switches by itself, on a lab that random faults befall: from the fault until the first new row has landed, what
/// of the outages it missed, what it switched for nothing, and how its memory grows. <c>ACODE_BENCH_MINUTES</c> makes it longer.
/// </summary>
internal sealed class WatchBenchmark : IBenchmark
{
    private const double UsualMinutes = 3;
    private const string Watch = "Watch-AcodeHealth -AutoFailover -PassThru -Plain -ProbeSeconds 1 -TimeoutSeconds 2 -Confirm:$false";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // An outage is switched away from; all else must not be.
    private static readonly (string Fault, bool IsOutage)[] Faults =
    [
        ("kill primary", true), ("pause primary", true), ("black-hole primary deaf", true),
        ("wrong-password primary", false), ("kill replica", false), ("kill airbyte", false), ("storage-slow 1500", false), ("kill storage", false),
    ];

    public string Name => "watch";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        LabOptions options = new() { Folder = Path.Combine(repository.Out, "bench-lab"), Rows = 2_000 };
        await using LabSite lab = await LabSite.StartAsync(options, Console.Error.WriteLine, cancel);
        string connect = $"Import-Module '{repository.Manifest}'; $null = Connect-AcodeEnvironment '{Path.Combine(lab.Folder, LabEnvironmentFile.FileName)}'";
        using Runspace operators = HostRunspace.Open(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        Run(operators, connect, cancel);
        string heap = Path.Combine(lab.Folder, "watch-heap.txt");
        // What is left after a whole collection, every half a minute: what the process holds besides is the runtime's to give back.
        using Process watching = Start(repository, $"{connect}; $n = 0; {Watch} | ForEach-Object {{ if (++$n % 180 -eq 0) {{ [IO.File]::WriteAllText('{heap}', [GC]::GetTotalMemory($true)) }} }}");
        using CancellationTokenRegistration stop = cancel.Register(() => watching.Kill(entireProcessTree: true));
        List<(TimeSpan At, double MegaBytes)> memory = [];
        List<(double OfOutage, double OfDetection)> untilRow = [];
        (int missed, int needless, int outages, int befallen) = (0, 0, 0, 0);
        int seed = Environment.TickCount;
        Random random = new(seed);
        var length = TimeSpan.FromMinutes(double.TryParse(Environment.GetEnvironmentVariable("ACODE_BENCH_MINUTES"), CultureInfo.InvariantCulture, out double minutes) ? minutes : UsualMinutes);
        long begun = Stopwatch.GetTimestamp();
        Console.Error.WriteLine($"seed {seed}, {length.TotalMinutes} minutes");
        try
        {
            for (int round = 0; round < 2 || Stopwatch.GetElapsedTime(begun) < length; round++)
            {
                await SettleAsync(operators, cancel);
                if (File.Exists(heap) && double.TryParse(await File.ReadAllTextAsync(heap, cancel), CultureInfo.InvariantCulture, out double bytes))
                {
                    memory.Add((Stopwatch.GetElapsedTime(begun), bytes / 1e6));
                }

                befallen++;
                (string fault, bool isOutage) = round == 0 ? Faults[0] : Faults[random.Next(Faults.Length)];
                Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(begun):hh\\:mm\\:ss} {(memory.Count > 0 ? memory[^1].MegaBytes : double.NaN):0.0} MB, {fault}");
                DateTimeOffset from = DateTimeOffset.UtcNow;
                string[] words = fault.Split(' ');
                await LabFaults.ApplyAsync(lab, words[0], words[1..], cancel);
                PSObject? run = await FindRunAsync(operators, from, isOutage, cancel);
                outages += isOutage ? 1 : 0;
                missed += isOutage && run is null ? 1 : 0;
                needless += !isOutage && run is not null ? 1 : 0;
                if (isOutage && run is not null)
                {
                    // The storage tells the time to the second, rounded down.
                    DateTimeOffset row = TimeOf(run, "FirstRowAt").AddSeconds(1);
                    untilRow.Add(((row - from).TotalSeconds, (row - TimeOf(run, "AssessedAt")).TotalSeconds));
                }

                await LabFaults.ClearAsync(lab, name: null, cancel);
            }
        }
        finally
        {
            watching.Kill(entireProcessTree: true);
        }

        double[] later = memory.Count == 0 ? [] : [.. memory.Where(at => at.At >= memory[^1].At / 4).Select(at => at.MegaBytes)];
        yield return new Measurement(
            $"a watch with probes of 1 s: from the detection until the first row of the standby, worst of {untilRow.Count} (at most 10)", "s", untilRow.Select(until => until.OfDetection).DefaultIfEmpty(double.NaN).Max());
        yield return new Measurement(
            "the same from the outage, looks of at most 2 s included", "s", untilRow.Select(until => until.OfOutage).DefaultIfEmpty(double.NaN).Max());
        yield return new Measurement($"of {outages} outages among {befallen} faults, missed (at most 0)", "", missed);
        yield return new Measurement($"switches for what was no outage (at most 0)", "", needless);
        yield return new Measurement($"what it holds in memory after {Stopwatch.GetElapsedTime(begun).TotalMinutes:0} minutes / after a quarter of that", "times", later.Length < 2 ? 1 : later[^1] / later[0]);
    }

    private static Process Start(Repository repository, string script) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(repository.Out, "lab", "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-NoModule", "-c", script]))!;

    /// <summary>Waits until the lab is as it was: the first route writes, everything answers, and the watch may switch again.</summary>
    private static async Task SettleAsync(Runspace operators, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (Run(operators, """
            try {
                $null = Invoke-AcodeFailover -Acknowledge -Confirm:$false
                if ((Get-AcodeRoute -Active).Name -ne 'primary') { $null = Invoke-AcodeFailover primary -Confirm:$false }
                Test-AcodeHealth -Component Source, Replication, Storage, Airbyte -Quiet -TimeoutSeconds 10
            } catch { $false }
            """, limit.Token)[^1].BaseObject is not true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
        }

        // What was looked at while it was broken has to fall out of the last looks.
        await Task.Delay(TimeSpan.FromSeconds(8), cancel);
    }

    /// <summary>The switch that the watch made since; what is no outage is given as long as an outage takes.</summary>
    private static async Task<PSObject?> FindRunAsync(Runspace operators, DateTimeOffset since, bool isOutage, CancellationToken cancel)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < (isOutage ? Patience : Patience / 4))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            IReadOnlyList<PSObject> made = Run(operators, $"try {{ Get-AcodeRunbook -Days 1 | Where-Object {{ $_.Plan.IsAutomatic -and $_.StartedAt -gt [DateTimeOffset]'{since:o}' -and $_.Status -eq 'Completed' }} | Select-Object @{{ n = 'FirstRowAt'; e = {{ $_.Result.FirstRowAt }} }}, @{{ n = 'AssessedAt'; e = {{ $_.Plan.Assessment.AssessedAt }} }} }} catch {{ }}", cancel);
            if (made.Count > 0)
            {
                return made[0];
            }
        }

        return null;
    }

    private static DateTimeOffset TimeOf(PSObject run, string name) => LanguagePrimitives.ConvertTo<DateTimeOffset>(run.Properties[name].Value);

    private static IReadOnlyList<PSObject> Run(Runspace runspace, string script, CancellationToken cancel)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        using CancellationTokenRegistration stop = cancel.Register(() => shell.BeginStop(null, null));
        shell.AddScript(script);
        try
        {
            IReadOnlyList<PSObject> output = shell.Invoke();
            cancel.ThrowIfCancellationRequested();
            return output;
        }
        catch (PipelineStoppedException)
        {
            throw new OperationCanceledException(cancel);
        }
    }
}
