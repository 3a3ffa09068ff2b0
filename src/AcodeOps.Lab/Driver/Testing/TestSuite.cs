using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AcodeOps.Lab.Driver.Testing;

/// <summary>Runs one test program and counts from the report that it writes, not from what it prints.</summary>
internal static class TestSuite
{
    private const double DefaultLimitMinutes = 40;

    // Tests wait for their servers about as much as they work: one more than a small machine has cores. Not more on a larger one: each has servers of its own.
    private const int AtOnce = 3;

    public static async Task<SuiteResult> RunAsync(Repository repository, string suite, string? filter, CancellationToken cancel)
    {
        string program = Path.Combine(repository.Binaries, $"AcodeOps.{suite}.Tests", "release", $"AcodeOps.{suite}.Tests.dll");
        string report = Path.Combine(repository.Out, "test-results", suite + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        File.Delete(report);
        List<string> arguments = [program, "-noLogo", "-noColor", "-noAutoReporters", "-reporter", "quiet", "-maxThreads", AtOnce.ToString(CultureInfo.InvariantCulture), "-result-ctrf", report];
        if (filter is not null)
        {
            arguments.AddRange(["-displayName", $"*{filter}*"]);
        }

        double limit = double.TryParse(
            Environment.GetEnvironmentVariable("ACODE_TEST_LIMIT_MINUTES"), CultureInfo.InvariantCulture, out double minutes) ? minutes : DefaultLimitMinutes;
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        watchdog.CancelAfter(TimeSpan.FromMinutes(limit));

        // Hundreds of processes live for seconds: what profiling gains later, it never earns back.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");

        // A dozen of them at a time do little: each would wait for its next request by spinning, and take the cores from the others.
        Environment.SetEnvironmentVariable("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0");

        // Nobody debugs them, and those that are killed would leave the pipes that wait for a debugger behind.
        Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
        var watch = Stopwatch.StartNew();
        try
        {
            int code = await ChildProcess.RunAsync("dotnet", arguments, repository.Root, watchdog.Token, Console.WriteLine, repository.Manifest);
            return Judge(report, code, watch.Elapsed);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Troubled(new TestCounts(0, 0, 0), watch.Elapsed, $"killed after {limit:0.#} minutes");
        }
    }

    private static SuiteResult Judge(string report, int code, TimeSpan duration)
    {
        if (!File.Exists(report))
        {
            return Troubled(new TestCounts(0, 0, 0), duration, $"ended with code {code} and without a report");
        }

        TestCounts counts = Read(report);
        return (counts, code) switch
        {
            ({ Passed: 0, Failed: 0, Skipped: 0 }, _) => Troubled(counts, duration, "ran no test"),
            ({ Failed: 0 }, not 0) => Troubled(counts, duration, $"ended with code {code} although no test failed"),
            _ => new SuiteResult(counts, duration, null),
        };
    }

    private static TestCounts Read(string report)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(report));
        JsonElement summary = document.RootElement.GetProperty("results").GetProperty("summary");
        int Count(string name) => summary.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : 0;
        return new TestCounts(Count("passed"), Count("failed") + Count("other"), Count("skipped") + Count("pending"));
    }

    private static SuiteResult Troubled(TestCounts counts, TimeSpan duration, string trouble) =>
        new(counts with { Failed = counts.Failed + 1 }, duration, trouble);
}
