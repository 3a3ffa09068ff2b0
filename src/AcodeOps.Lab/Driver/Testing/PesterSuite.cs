using System.Diagnostics;
using System.Text.Json;

namespace AcodeOps.Lab.Driver.Testing;

/// <summary>Runs <c>tests/Pester</c> over the packed module in a real <c>pwsh</c>, against a lab of its own.</summary>
internal static class PesterSuite
{
    public const string Name = "Pester";

    public static async Task<SuiteResult> RunAsync(Repository repository, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        (string program, string pester) = await RealPowerShell.FindAsync(repository, cancel);
        string report = Path.Combine(repository.Out, "test-results", Name + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        File.Delete(report);
        await using LabSite lab = await LabSite.StartAsync(
            new LabOptions { Folder = Path.Combine(Path.GetTempPath(), "acodeops-pester-" + Path.GetRandomFileName()), Rows = 2_000, Days = 10 }, _ => { }, cancel);

        // The examples find the lab as a user's commands would.
        Environment.SetEnvironmentVariable("ACODE_ENVIRONMENT", Path.Combine(lab.Folder, LabEnvironmentFile.FileName));
        Environment.SetEnvironmentVariable("ACODE_LAB", lab.Folder);
        Environment.SetEnvironmentVariable("ACODE_PWSH", program);
        int code = await ChildProcess.RunAsync(
            program, ["-NoProfile", "-NonInteractive", "-File", Path.Combine(repository.Root, "tests", "Pester", "Invoke-Tests.ps1"), "-Pester", pester, "-Report", report],
            repository.Root, cancel, Console.WriteLine, repository.Manifest);
        return File.Exists(report) ? new SuiteResult(Read(report), watch.Elapsed, null) : new SuiteResult(new TestCounts(0, 1, 0), watch.Elapsed, $"ended with code {code} and without a report");
    }

    private static TestCounts Read(string report)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(report));
        int Count(string name) => document.RootElement.GetProperty(name).GetInt32();
        return Count("passed") + Count("failed") == 0 ? new TestCounts(0, 1, 0) : new TestCounts(Count("passed"), Count("failed"), Count("skipped"));
    }
}
