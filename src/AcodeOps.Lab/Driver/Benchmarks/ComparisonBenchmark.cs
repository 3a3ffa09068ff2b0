using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AcodeOps.Lab.Hosting;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// What <c>Compare-AcodeData</c> takes to hold five million rows of a source against the lake, beside DuckDB, which reads both and takes the one from the
/// other: equal ones, and with twenty planted differences of all kinds, which both must find, and nothing else.
/// </summary>
internal sealed class ComparisonBenchmark : IBenchmark
{
    private const int Rounds = 3;

    public string Name => "comparison";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        PackageInstaller installer = new(Console.Error.WriteLine);
        foreach (PackageTree tree in new[] { PackageTrees.DuckDb, PackageTrees.GuideTools, PackageTrees.BucketTools })
        {
            await installer.InstallAsync(tree, cancel);
        }

        LabOptions options = new() { Folder = Path.Combine(repository.Out, "bench-lab"), Rows = ComparisonSales.Base, WithIndexes = true };
        await using LabSite lab = await LabSite.StartAsync(options, Console.Error.WriteLine, cancel);
        using Runspace runspace = HostRunspace.Open(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        Run(runspace, $"Connect-AcodeEnvironment '{Path.Combine(lab.Folder, LabEnvironmentFile.FileName)}'");
        ComparisonSales sales = new(lab);
        await sales.MultiplyAsync(cancel);
        Console.Error.WriteLine("five million sales are there; syncing");
        Run(runspace, "Start-AcodeSync -Wait -TimeoutMinutes 30 -Confirm:$false");
        PSObject first = Compare(runspace, values: false);
        Expect(first, ComparisonSales.Rows, 0);
        DuckDbComparison duck = new(lab, Told(first, "To"));

        List<double> counted = [], valued = [], ducks = [];
        double share = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // By turns, so that a busy machine is as busy for the one as for the other.
            (PSObject byKey, double keySeconds) = Timed(() => Compare(runspace, values: false));
            (PSObject byValue, double valueSeconds) = Timed(() => Compare(runspace, values: true));
            (long different, double duckSeconds) = await duck.CountAsync(cancel);
            Expect(byKey, ComparisonSales.Rows, 0);
            Expect(byValue, ComparisonSales.Rows, 0);
            if (different != 0)
            {
                throw new DriverException($"DuckDB finds {different} rows of the one or the other side where all is equal.");
            }

            share = 100.0 * Number(byKey, "LakeBytesRead") / Number(byKey, "LakeBytes");
            counted.Add(keySeconds);
            valued.Add(valueSeconds);
            ducks.Add(duckSeconds);
            Console.Error.WriteLine(FormattableString.Invariant($"{keySeconds:0.0} s by key, {valueSeconds:0.0} s by value, {duckSeconds:0.0} s DuckDB"));
        }

        await sales.PlantAsync(Told(Compare(runspace, values: false), "To"), cancel);
        (PSObject found, double foundSeconds) = Timed(() => Compare(runspace, values: true));
        Expect(found, null, ComparisonSales.Differences);
        string[] told = [.. ((IEnumerable<object>)found.Properties["Rows"].Value).Select(row => $"{row}".Split(' ')[0] + " " + $"{row}".Split(' ')[1]).Order(StringComparer.Ordinal)];
        if (!told.SequenceEqual(sales.Planted.Order(StringComparer.Ordinal)))
        {
            throw new DriverException($"Planted: {string.Join(", ", sales.Planted)}; found: {string.Join(", ", told)}.");
        }

        yield return new Measurement($"Compare-AcodeData, 5,000,000 rows, equal, median of {Rounds}", "s", Samples.Median(counted), DuckDbComparison.What, Samples.Median(ducks));
        yield return new Measurement("what it reads of the lake (at most 2)", "%", share);
        yield return new Measurement($"Compare-AcodeData -IncludeValue, the same, median of {Rounds}", "s", Samples.Median(valued), DuckDbComparison.What, Samples.Median(ducks));
        yield return new Measurement($"the same with {ComparisonSales.Differences} planted differences, all found and no other", "s", foundSeconds);
    }

    private static PSObject Compare(Runspace runspace, bool values) =>
        Run(runspace, $"Compare-AcodeData {SalesTables.Daily} -Source Primary{(values ? " -IncludeValue" : "")}").Single();

    // A quick wrong answer is no figure.
    private static void Expect(PSObject result, long? rows, long differences)
    {
        long found = Number(result, "Missing") + Number(result, "Extra") + Number(result, "Duplicated") + Number(result, "Changed");
        if (found != differences || (rows is { } all && (Number(result, "RowsFrom") != all || Number(result, "RowsTo") != all)) || Told(result, "Verdict") == "Unknown")
        {
            throw new DriverException($"{result} {Told(result, "ErrorId")} {string.Join("; ", (IEnumerable<string>)result.Properties["Evidence"].Value)}");
        }
    }

    private static (T Result, double Seconds) Timed<T>(Func<T> act)
    {
        long began = Stopwatch.GetTimestamp();
        return (act(), Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static string Told(PSObject result, string property) => Convert.ToString(result.Properties[property].Value, CultureInfo.InvariantCulture)!;

    private static long Number(PSObject result, string property) => Convert.ToInt64(result.Properties[property].Value, CultureInfo.InvariantCulture);

    private static IReadOnlyList<PSObject> Run(Runspace runspace, string script)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddScript(script);
        IReadOnlyList<PSObject> output = shell.Invoke();
        return shell.Streams.Error.Count == 0 ? output : throw new DriverException($"{script}: {shell.Streams.Error[0]}");
    }
}
