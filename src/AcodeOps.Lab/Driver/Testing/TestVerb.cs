using System.Diagnostics;
using AcodeOps.Lab.Driver.Packaging;

namespace AcodeOps.Lab.Driver.Testing;

/// <summary>
/// <c>test [Core|Adapters|Module|Pester [filter]]</c>: builds, checks the format, packs, runs the suites, and ends with one line that counts them all.
/// </summary>
internal sealed class TestVerb : IVerb
{
    private static readonly string[] Suites = ["Core", "Adapters", "Module", PesterSuite.Name];

    public string Name => "test";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        string[] suites = arguments is [var one, ..] ? [.. Suites.Where(s => s.Equals(one, StringComparison.OrdinalIgnoreCase))] : Suites;
        if (suites.Length == 0)
        {
            throw new DriverException($"There is no suite {arguments[0]}: {string.Join(", ", Suites)}.");
        }

        Repository repository = Repository.Find();
        await PrepareAsync(repository, cancel);

        List<SuiteResult> results = [];
        foreach (string suite in suites)
        {
            SuiteResult result = suite == PesterSuite.Name
                ? await PesterSuite.RunAsync(repository, cancel) : await TestSuite.RunAsync(repository, suite, arguments.Count > 1 ? arguments[1] : null, cancel);
            Console.WriteLine($"{suite}: {result.Counts} in {result.Duration.TotalSeconds:0.0} s{(result.Trouble is null ? "" : ": " + result.Trouble)}");
            results.Add(result);
        }

        var all = new TestCounts(results.Sum(r => r.Counts.Passed), results.Sum(r => r.Counts.Failed), results.Sum(r => r.Counts.Skipped));
        bool skipsCount = Environment.GetEnvironmentVariable("CI") == "true";
        if (skipsCount && all.Skipped > 0)
        {
            Console.WriteLine("In CI a skipped test is a failed run.");
        }

        Console.WriteLine(all);
        return all.Failed == 0 && (!skipsCount || all.Skipped == 0) ? 0 : 1;
    }

    private static async Task PrepareAsync(Repository repository, CancellationToken cancel)
    {
        await Timed("Build", () => Stamp.OfTests(repository, "build").OnceAsync(
            Directory.Exists(repository.Binaries),
            () => ChildProcess.DotnetAsync(repository, "The build", ["build", "AcodeOps.sln", "-c", "Release", "-v", "q", "-nologo", "-clp:NoSummary"], cancel)));

        // Style and analysers are the build's; what is left are the blanks.
        await Timed("Format", () => Stamp.OfTests(repository, "format").OnceAsync(
            true, () => ChildProcess.DotnetAsync(repository, "The format check", ["format", "whitespace", ".", "--folder", "--verify-no-changes", "--exclude", "artifacts", "out"], cancel)));
        await Timed("Package", () => new ModulePackage(repository).MakeAsync(built: true, cancel));
    }

    private static async Task Timed(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Console.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:0.0} s");
    }
}
