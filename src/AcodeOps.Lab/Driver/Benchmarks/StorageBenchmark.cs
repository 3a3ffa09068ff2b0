using System.Runtime.CompilerServices;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>What <c>Get-AcodeMetric</c> takes to count a bucket of a million objects, beside what counts it elsewhere, on the same server.</summary>
internal sealed class StorageBenchmark : IBenchmark
{
    private const int Rounds = 3;

    public string Name => "storage";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await new PackageInstaller(Console.Error.WriteLine).InstallAsync(PackageTrees.BucketTools, cancel);
        await using StorageBenchmarkServer server = await StorageBenchmarkServer.StartAsync(Path.Combine(Repository.Find().Out, "bench-storage"), Console.Error.WriteLine, cancel);
        AcodeCounter mine = new(server);
        StorageCounter[] others = [new RcloneCounter(server), new AwsCounter(server), new S3cmdCounter(server)];
        List<StorageCount> whole = [], tenth = [];
        Dictionary<string, List<double>> seconds = others.ToDictionary(other => other.Name, _ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            // By turns, so that a busy machine is as busy for the one as for the others.
            tenth.Add(await CountAsync(mine, StorageBenchmarkObjects.Tenth, cancel));
            whole.Add(await CountAsync(mine, StorageBenchmarkObjects.Whole, cancel));
            foreach (StorageCounter other in others)
            {
                seconds[other.Name].Add((await CountAsync(other, StorageBenchmarkObjects.Whole, cancel)).Seconds);
            }
        }

        foreach (StorageCounter other in others)
        {
            yield return new Measurement($"Get-AcodeMetric, 1,000,000 objects, median of {Rounds}", "s", Samples.Median(whole.Select(count => count.Seconds)), other.Name, Samples.Median(seconds[other.Name]));
        }

        yield return new Measurement("the most memory that it takes in its shell (at most 150)", "MB", whole.Max(count => count.MegaBytes!.Value), "with a tenth of the objects", tenth.Max(count => count.MegaBytes!.Value));
    }

    // A quick wrong answer is no figure.
    private static async Task<StorageCount> CountAsync(StorageCounter counter, string prefix, CancellationToken cancel)
    {
        (long objects, long bytes) = StorageBenchmarkObjects.Figures(prefix);
        StorageCount count = await counter.CountAsync(prefix, cancel);
        Console.Error.WriteLine(FormattableString.Invariant($"{counter.Name} {prefix}: {count.Seconds:0.0} s{(count.MegaBytes is { } memory ? $", {memory:0} MB" : "")}"));
        return (count.Objects, count.Bytes) == (objects, bytes)
            ? count
            : throw new DriverException(FormattableString.Invariant($"{counter.Name} counted {count.Objects} objects of {count.Bytes} bytes in {prefix}: there are {objects} of {bytes}."));
    }
}
