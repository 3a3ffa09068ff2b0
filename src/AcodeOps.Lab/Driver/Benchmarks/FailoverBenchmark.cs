using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Hosting;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// What a switch takes on a lab: from the kill of the primary until the first new row has landed, with a probe each second;
/// and of the switch itself, what is AcodeOps' own beside the waiting for Airbyte and MySQL.
/// </summary>
internal sealed class FailoverBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);

    // Steps that wait for a job of Airbyte's to end: until its last answer, the time is the job's.
    private static readonly string[] Waiting = ["prove_landing", "stop_old_syncs"];

    public string Name => "failover";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        LabOptions options = new() { Folder = Path.Combine(repository.Out, "bench-lab"), Rows = 5_000 };
        await using LabSite lab = await LabSite.StartAsync(options, Console.Error.WriteLine, cancel);
        using Runspace runspace = HostRunspace.Open(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        Run(runspace, $"Connect-AcodeEnvironment '{Path.Combine(lab.Folder, LabEnvironmentFile.FileName)}'", cancel);
        using AnswerTimes answers = new(new Uri(lab.Airbyte.Endpoint));
        List<double> untilRow = [];
        List<double> own = [];
        for (int round = -1; round < Rounds; round++)
        {
            DateTimeOffset killedAt = DateTimeOffset.UtcNow;
            await LabFaults.ApplyAsync(lab, "kill", ["primary"], cancel);
            while (Run(runspace, "Test-AcodeHealth -Component Source -Quiet -TimeoutSeconds 1", cancel)[0].BaseObject is true)
            {
                await Task.Delay(ProbeEvery, cancel);
            }

            (PSObject there, double ownThere) = Switch(runspace, "", answers, cancel);
            if (round >= 0)
            {
                // The storage tells the time to the second, rounded down.
                untilRow.Add(((DateTimeOffset)Of(there, "Result.FirstRowAt") - killedAt).TotalSeconds + 1);
                own.Add(ownThere);
            }

            await LabFaults.ClearAsync(lab, name: null, cancel);
            while (Run(runspace, "Test-AcodeHealth -Component Source, Replication -Quiet -TimeoutSeconds 5", cancel)[0].BaseObject is not true)
            {
                await Task.Delay(ProbeEvery, cancel);
            }

            (_, double ownBack) = Switch(runspace, "primary", answers, cancel);
            if (round >= 0)
            {
                own.Add(ownBack);
            }
        }

        yield return new Measurement(
            $"kill of the primary until the first new row, probes of 1 s, worst of {Rounds} (at most 10)", "s", untilRow.Max(), "orchestrator at GitHub, until writes are possible again: 10 to 13 s", 10);
        yield return new Measurement(
            $"the whole switch (plan, run, proof) without Airbyte's and MySQL's answers and the wait for the sync, median of {own.Count} (at most 1)", "s", Samples.Median(own));
    }

    /// <summary>Switches, and tells how long that took beside the waiting for others.</summary>
    private static (PSObject Run, double OwnSeconds) Switch(Runspace runspace, string to, AnswerTimes answers, CancellationToken cancel)
    {
        DateTime from = DateTime.UtcNow;
        PSObject run = Run(runspace, $"Invoke-AcodeFailover {to} -Confirm:$false", cancel)[0];
        DateTime until = DateTime.UtcNow;
        IEnumerable<(DateTime, DateTime)> waits = ((System.Collections.IEnumerable)Of(run, "Steps")).Cast<object>()
            .Where(step => Waiting.Contains((string)Of(step, "Name")))
            .Select(step => (Begin: ((DateTimeOffset)Of(step, "StartedAt")).UtcDateTime, End: ((DateTimeOffset)Of(step, "EndedAt")).UtcDateTime))
            .Select(step => (step.Begin, answers.LastAnswerWithin(step.Begin, step.End)));
        return (run, (until - from - answers.Within(from, until, [.. waits])).TotalSeconds);
    }

    private static object Of(object owner, string path) => path.Split('.').Aggregate(owner, (o, name) => PSObject.AsPSObject(o).Properties[name].Value);

    private static IReadOnlyList<PSObject> Run(Runspace runspace, string script, CancellationToken cancel)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        using CancellationTokenRegistration stop = cancel.Register(() => shell.BeginStop(null, null));
        shell.AddScript(script);
        try
        {
            IReadOnlyList<PSObject> output = shell.Invoke();
            cancel.ThrowIfCancellationRequested();
            return shell.Streams.Error.Count == 0 ? output : throw new DriverException($"{script}: {shell.Streams.Error[0]}");
        }
        catch (PipelineStoppedException)
        {
            throw new OperationCanceledException(cancel);
        }
    }
}
