using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>What importing the module adds to the start of a new process of the same host.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const int Rounds = 15;

    public string Name => "import";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        List<Start> without = [];
        List<Start> with = [];
        for (int round = -1; round < Rounds; round++)
        {
            // By turns, so that a busy machine is as busy for the one as for the other; the first pair only warms the disk cache.
            Start bare = await StartAsync(["-NoModule"], cancel);
            Start full = await StartAsync([], cancel);
            if (round >= 0)
            {
                without.Add(bare);
                with.Add(full);
            }
        }

        yield return new Measurement(
            "start of a process with the module imported", "ms", Samples.Median(with.Select(s => s.WallMs)), "the same host without it", Samples.Median(without.Select(s => s.WallMs)));
        yield return new Measurement("Import-Module AcodeOps, cold (at most 150)", "ms", Samples.Median(with.Zip(without, (w, o) => w.WallMs - o.WallMs)));

        // The mean, not the median: the system counts in steps of 10 ms, which only the sum of many rounds evens out.
        yield return new Measurement(
            "the same start: CPU time", "ms", with.Average(s => s.CpuMs), "the same host without it", without.Average(s => s.CpuMs));
        yield return new Measurement("Import-Module AcodeOps, cold: CPU time", "ms", with.Average(s => s.CpuMs) - without.Average(s => s.CpuMs));
    }

    private static async Task<Start> StartAsync(string[] options, CancellationToken cancel)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "AcodeOps.Lab.dll");
        double cpu = ChildCpuTime.SoFar();
        var watch = Stopwatch.StartNew();
        int code = await ChildProcess.RunAsync("dotnet", [program, "shell", "-NonInteractive", .. options, "-c", "1"], Directory.GetCurrentDirectory(), cancel, _ => { });
        return code == 0
            ? new Start(watch.Elapsed.TotalMilliseconds, ChildCpuTime.SoFar() - cpu)
            : throw new DriverException($"The shell ended with code {code}.");
    }

    private sealed record Start(double WallMs, double CpuMs);
}
