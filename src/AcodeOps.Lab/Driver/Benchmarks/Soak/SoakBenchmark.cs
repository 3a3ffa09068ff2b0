using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Hosting;
using AcodeOps.Lab.Sales;
using MySqlConnector;

namespace AcodeOps.Lab.Driver.Benchmarks.Soak;

/// <summary>
/// An hour on a lab in which sales go on, random faults befall it, and three operators do at random what operators do, each killed now and then: switches,
/// recoveries, drills, syncs, rotations, maintenance. Never two writers, no row lost, no error of the product's own, and flat memory.
/// <c>ACODE_BENCH_MINUTES</c> sets how long.
/// </summary>
internal sealed class SoakBenchmark : IBenchmark
{
    private const double UsualMinutes = 60;
    private const int Operators = 3;
    private const int SalesPerSecond = 5;
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(10);

    private static readonly string[] Faults =
    [
        "kill primary", "pause primary", "black-hole primary deaf", "kill replica", "pause replica", "stop-applier", "delay 10", "kill airbyte",
        "kill storage", "storage-error 503", "storage-slow 800", "storage-reset", "storage-silent", "wrong-password backup",
    ];

    public string Name => "soak";

    public bool IsOnlyByName => true;

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        var length = TimeSpan.FromMinutes(double.TryParse(Environment.GetEnvironmentVariable("ACODE_BENCH_MINUTES"), CultureInfo.InvariantCulture, out double minutes) ? minutes : UsualMinutes);
        await using LabSite lab = await LabSite.StartAsync(new LabOptions { Folder = Path.Combine(repository.Out, "soak-lab"), Rows = 5_000, Days = 10 }, Console.Error.WriteLine, cancel);
        string environment = Path.Combine(lab.Folder, LabEnvironmentFile.FileName) + "#lab";
        using Runspace controller = HostRunspace.Open(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        Run(controller, $"$null = Connect-AcodeEnvironment '{environment}'", cancel);
        HashSet<Guid> routes = [.. Run(controller, "(Get-AcodeRoute).ConnectionId", cancel).Select(id => LanguagePrimitives.ConvertTo<Guid>(id))];
        int begin = History(lab).Length;
        SoakTally tally = new();
        using (CancellationTokenSource selling = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            Task seller = SellAsync(lab, selling.Token);
            await TroubleAsync(repository, lab, environment, length, tally, cancel);
            await LabFaults.ClearAsync(lab, name: null, cancel);
            await selling.CancelAsync();
            await seller;
        }

        bool settled = await SettleAsync(controller, cancel);
        await lab.Databases.WaitUntilInSyncAsync(SettlePatience, cancel);
        Collection<PSObject> compared = settled ? Run(controller, SoakScripts.Reconcile, cancel) : [];
        Collection<PSObject> faults = Run(controller, SoakScripts.Verify, cancel);
        foreach (string line in tally.Lines().Concat(faults.Select(fault => $"audit: {fault}")).Concat(WriterHistory.Violations(History(lab), begin, routes)))
        {
            Console.Error.WriteLine(line);
        }

        string during = $"{length.TotalMinutes:0} minutes, {tally.Befallen} faults, {tally.Acts} acts of {Operators} operators, {tally.Killed} of them killed";
        yield return new Measurement($"soak ({during}): moments with two writers (at most 0)", "", WriterHistory.Violations(History(lab), begin, routes).Count);
        yield return new Measurement(
            string.Create(CultureInfo.InvariantCulture, $"soak: rows missing, surplus or changed at the end, of {compared.Sum(table => Number(table, "RowsFrom")):N0} in {compared.Count} tables, by value (at most 0)"),
            "", compared.Count == 0 ? double.NaN : compared.Sum(Differing));
        yield return new Measurement("soak: errors that are no answer of the product (at most 0)", "", tally.Foreign);
        yield return new Measurement("soak: faults of the audit trail, but for acts that were cut off (at most 0)", "", faults.Count);
        yield return new Measurement("soak: runs that could not be ended (at most 0)", "", settled ? 0 : 1);
        yield return new Measurement("soak: what a shell holds in memory at the end / after a quarter of the time", "times", tally.MemoryGrowth());
    }

    private static async Task TroubleAsync(Repository repository, LabSite lab, string environment, TimeSpan length, SoakTally tally, CancellationToken cancel)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        Console.Error.WriteLine($"seed {seed}, {length.TotalMinutes} minutes");
        using SoakPerson onlooker = new(repository, environment, SoakScripts.Onlooker, random.Next(), tally.Heard);
        SoakPerson[] operators = [.. Enumerable.Range(0, Operators).Select(_ => NewOperator())];
        long begun = Stopwatch.GetTimestamp();
        try
        {
            while (Stopwatch.GetElapsedTime(begun) < length)
            {
                await Task.Delay(TimeSpan.FromSeconds(random.Next(2, 12)), cancel);
                string[] fault = Faults[random.Next(Faults.Length)].Split(' ');
                Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(begun):hh\\:mm\\:ss} {string.Join(' ', fault)}");
                tally.Befallen++;
                await LabFaults.ApplyAsync(lab, fault[0], fault[1..], cancel);
                await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 20)), cancel);
                if (random.Next(3) == 0)
                {
                    int who = random.Next(Operators);
                    operators[who].Dispose();
                    operators[who] = NewOperator();
                    tally.Killed++;
                }

                await LabFaults.ClearAsync(lab, name: null, cancel);
                tally.Ended += operators.Append(onlooker).Count(person => person.HasEnded);
            }
        }
        finally
        {
            foreach (SoakPerson person in operators)
            {
                person.Dispose();
            }
        }

        SoakPerson NewOperator() => new(repository, environment, SoakScripts.Operator, random.Next(), tally.Heard);
    }

    // The shop does not close because a server is down: it goes on when that is back.
    private static async Task SellAsync(LabSite lab, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await new SalesWriter(lab.Databases.Primary, lab.Sales).RunAsync(SalesPerSecond, stop);
            }
            catch (Exception e) when (e is MySqlException or IOException or InvalidOperationException or OperationCanceledException)
            {
                await Task.Delay(500, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<bool> SettleAsync(Runspace controller, CancellationToken cancel)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < SettlePatience)
        {
            Collection<PSObject> said = Run(controller, SoakScripts.Settle, cancel);
            if (said is [.., { BaseObject: true }])
            {
                return true;
            }

            Console.Error.WriteLine($"not settled: {string.Join(' ', said)}");
            await Task.Delay(TimeSpan.FromSeconds(2), cancel);
        }

        return false;
    }

    private static long Differing(PSObject difference) =>
        Number(difference, "Missing") + Number(difference, "Extra") + Number(difference, "Changed") + Number(difference, "Duplicated") + Number(difference, "RowsUndecided")
        + ($"{difference.Properties["Verdict"].Value}" == "Unknown" ? 1 : 0);

    private static long Number(PSObject of, string name) => LanguagePrimitives.ConvertTo<long>(of.Properties[name].Value);

    private static JsonNode[] History(LabSite lab) => [.. File.ReadAllLines(Path.Combine(lab.Airbyte.Folder, "history.jsonl")).Select(line => JsonNode.Parse(line)!)];

    private static Collection<PSObject> Run(Runspace runspace, string script, CancellationToken cancel)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        using CancellationTokenRegistration stop = cancel.Register(() => shell.BeginStop(null, null));
        return shell.AddScript(script).Invoke();
    }
}
