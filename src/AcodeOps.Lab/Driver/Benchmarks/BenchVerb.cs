using AcodeOps.Lab.Driver.Packaging;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary><c>bench [name…]</c>: runs the benchmarks one after another and prints one table.</summary>
internal sealed class BenchVerb : IVerb
{
    private static readonly IBenchmark[] All = [new ImportBenchmark(), new HealthBenchmark(), new FailoverBenchmark(), new WatchBenchmark(), new ConfigurationBenchmark(), new AuditBenchmark(), new SecretBenchmark(), new StorageBenchmark(), new ComparisonBenchmark()];

    public string Name => "bench";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        string[] unknown = [.. arguments.Where(a => !All.Any(b => b.Name == a))];
        if (unknown.Length > 0)
        {
            throw new DriverException($"There is no benchmark {string.Join(", ", unknown)}: {string.Join(", ", All.Select(b => b.Name))}.");
        }

        await new ModulePackage(Repository.Find()).MakeAsync(built: false, cancel);
        List<Measurement> measured = [];
        foreach (IBenchmark benchmark in All.Where(b => arguments.Count == 0 || arguments.Contains(b.Name)))
        {
            // Not part of the table, which may be kept in a file.
            Console.Error.WriteLine($"Measuring {benchmark.Name} ...");
            await foreach (Measurement measurement in benchmark.RunAsync(cancel))
            {
                measured.Add(measurement);
            }
        }

        foreach (string line in MeasurementTable.Lines(measured))
        {
            Console.WriteLine(line);
        }

        return 0;
    }
}
