namespace AcodeOps.Lab.Driver;

/// <summary><c>bench [name…]</c>: runs the benchmarks one after another and prints one table.</summary>
internal sealed class BenchVerb : IVerb
{
    private static readonly IBenchmark[] All = [new ImportBenchmark()];

    public string Name => "bench";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        IBenchmark[] chosen = arguments.Count == 0 ? All : [.. All.Where(b => arguments.Contains(b.Name))];
        if (chosen.Length == 0)
        {
            throw new DriverException($"There is no such benchmark: {string.Join(", ", All.Select(b => b.Name))}.");
        }

        await new ModulePackage(Repository.Find()).MakeAsync(built: false, cancel);
        Row("what", "figure", "unit", "compared with", "figure", "ratio");
        foreach (IBenchmark benchmark in chosen)
        {
            await foreach (Measurement m in benchmark.RunAsync(cancel))
            {
                Row(m.What, $"{m.Figure:0.###}", m.Unit, m.Peer ?? "", m.PeerFigure is { } peer ? $"{peer:0.###}" : "", m.Ratio is { } ratio ? $"{ratio:0.00}" : "");
            }
        }

        return 0;
    }

    private static void Row(string what, string figure, string unit, string peer, string peerFigure, string ratio) =>
        Console.WriteLine($"{what,-44} {figure,10} {unit,-6} {peer,-40} {peerFigure,10} {ratio,7}".TrimEnd());
}
