using AcodeOps.Lab.Driver.Benchmarks.Soak;
using AcodeOps.Lab.Driver.Packaging;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary><c>bench [name…]</c>: runs the benchmarks one after another, prints one table, and puts the figures into <c>docs/bench.md</c>.</summary>
internal sealed class BenchVerb : IVerb
{
    private static readonly IBenchmark[] All = [new ImportBenchmark(), new HealthBenchmark(), new FailoverBenchmark(), new WatchBenchmark(), new ConfigurationBenchmark(), new AuditBenchmark(), new SecretBenchmark(), new StorageBenchmark(), new ComparisonBenchmark(), new SoakBenchmark()];

    public string Name => "bench";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        string[] unknown = [.. arguments.Where(a => !All.Any(b => b.Name == a))];
        if (unknown.Length > 0)
        {
            throw new DriverException($"There is no benchmark {string.Join(", ", unknown)}: {string.Join(", ", All.Select(b => b.Name))}.");
        }

        Repository repository = Repository.Find();
        await new ModulePackage(repository).MakeAsync(built: false, cancel);
        List<Measurement> measured = [];
        foreach (IBenchmark benchmark in All.Where(b => arguments.Count == 0 ? !b.IsOnlyByName : arguments.Contains(b.Name)))
        {
            // Not part of the table, which may be kept in a file.
            Console.Error.WriteLine($"Measuring {benchmark.Name} ...");
            List<Measurement> own = [];
            await foreach (Measurement measurement in benchmark.RunAsync(cancel))
            {
                own.Add(measurement);
            }

            FigurePage.Put(Path.Combine(repository.Root, "docs", "bench.md"), benchmark.Name, own, DateOnly.FromDateTime(DateTime.UtcNow));
            measured.AddRange(own);
        }

        foreach (string line in MeasurementTable.Lines(measured))
        {
            Console.WriteLine(line);
        }

        return 0;
    }
}
