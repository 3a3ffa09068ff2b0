using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AcodeOps.Lab.Driver;

/// <summary>What importing the module adds to the start of a new process of the same host.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const int Rounds = 15;

    public string Name => "import";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        List<double> without = [];
        List<double> with = [];
        for (int round = -1; round < Rounds; round++)
        {
            // By turns, so that a busy machine is as busy for the one as for the other; the first pair only warms the disk cache.
            double bare = await StartAsync(["-NoModule"], cancel);
            double full = await StartAsync([], cancel);
            if (round >= 0)
            {
                without.Add(bare);
                with.Add(full);
            }
        }

        double start = Median(without);
        yield return new Measurement("start of a process with the module imported", "ms", Median(with), "the same host without it", start);
        yield return new Measurement("Import-Module AcodeOps, cold", "ms", Median([.. with.Zip(without, (w, o) => w - o)]));
    }

    private static async Task<double> StartAsync(string[] options, CancellationToken cancel)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "AcodeOps.Lab.dll");
        var watch = Stopwatch.StartNew();
        int code = await ChildProcess.RunAsync("dotnet", [program, "shell", "-NonInteractive", .. options, "-c", "1"], Directory.GetCurrentDirectory(), cancel, _ => { });
        return code == 0 ? watch.Elapsed.TotalMilliseconds : throw new DriverException($"The shell ended with code {code}.");
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
