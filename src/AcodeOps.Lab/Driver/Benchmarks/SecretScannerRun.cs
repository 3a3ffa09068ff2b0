using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>A program that looks for secrets, as a user would run it.</summary>
internal abstract class SecretScannerRun
{
    public abstract string Name { get; }

    /// <summary>The places that it tells of a folder: files with slashes, relative to it, and lines from 1.</summary>
    public abstract Task<HashSet<(string File, int Line)>> FindAsync(string folder, CancellationToken cancel);

    /// <summary>The seconds that a folder takes it.</summary>
    public abstract Task<double> TimeAsync(string folder, CancellationToken cancel);

    protected static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    protected static async Task<(ToolRun Run, double Seconds)> RunAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        long begun = Stopwatch.GetTimestamp();
        ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), cancel);
        return run.ExitCode == 0 ? (run, Stopwatch.GetElapsedTime(begun).TotalSeconds) : throw new DriverException($"{command[0]}: {run.Tail()}");
    }
}

/// <summary>The module, in a PowerShell of its own; only the command is timed.</summary>
internal sealed class AcodeScannerRun(Repository repository) : SecretScannerRun
{
    public override string Name => "Find-AcodeSecret";

    /// <summary>The most memory that a process of it held.</summary>
    public double MostMegaBytes { get; private set; }

    public override async Task<HashSet<(string File, int Line)>> FindAsync(string folder, CancellationToken cancel)
    {
        string output = await ShellAsync($"Find-AcodeSecret '{folder}' | Where-Object Line | ForEach-Object {{ \"$($_.Line) $($_.File)\" }}", cancel);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).Select(words => (Relative(folder, words[1].TrimEnd()), int.Parse(words[0], CultureInfo.InvariantCulture)))];
    }

    public override async Task<double> TimeAsync(string folder, CancellationToken cancel)
    {
        string[] told = (await ShellAsync(
            $"$clock = [Diagnostics.Stopwatch]::StartNew(); $null = Find-AcodeSecret '{folder}'; $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture); [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1e6", cancel)).Split('\n');
        MostMegaBytes = Math.Max(MostMegaBytes, double.Parse(told[1], CultureInfo.InvariantCulture));
        return double.Parse(told[0], CultureInfo.InvariantCulture);
    }

    private async Task<string> ShellAsync(string script, CancellationToken cancel) =>
        (await RunAsync(["dotnet", Path.Combine(repository.Out, "lab", "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-c", script], cancel)).Run.Output;
}

/// <summary>gitleaks with the rules that it comes with.</summary>
internal sealed class GitleaksRun : SecretScannerRun
{
    public override string Name => "gitleaks (Debian)";

    public override async Task<HashSet<(string File, int Line)>> FindAsync(string folder, CancellationToken cancel)
    {
        string report = folder + "-gitleaks.json";
        await RunAsync(Command(folder, report), cancel);
        using var found = JsonDocument.Parse(await File.ReadAllTextAsync(report, cancel));
        return [.. found.RootElement.EnumerateArray().Select(one => (Relative(folder, one.GetProperty("File").GetString()!), one.GetProperty("StartLine").GetInt32()))];
    }

    public override async Task<double> TimeAsync(string folder, CancellationToken cancel) => (await RunAsync(Command(folder, folder + "-gitleaks.json"), cancel)).Seconds;

    private static IReadOnlyList<string> Command(string folder, string report) =>
        PackageTrees.SecretScanners.Command("usr/bin/gitleaks", "dir", folder, "--report-format", "json", "--report-path", report, "--no-banner", "--exit-code", "0", "--log-level", "error");
}

/// <summary>trufflehog without asking anybody whether what it found is valid.</summary>
internal sealed class TrufflehogRun : SecretScannerRun
{
    public override string Name => "trufflehog (Debian)";

    public override async Task<HashSet<(string File, int Line)>> FindAsync(string folder, CancellationToken cancel)
    {
        HashSet<(string File, int Line)> found = [];
        foreach (string line in (await RunAsync(Command(folder), cancel)).Run.Output.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var one = JsonDocument.Parse(line);
            JsonElement place = one.RootElement.GetProperty("SourceMetadata").GetProperty("Data").GetProperty("Filesystem");
            // It counts lines from 0, and leaves that one out.
            found.Add((Relative(folder, place.GetProperty("file").GetString()!), 1 + (place.TryGetProperty("line", out JsonElement number) ? number.GetInt32() : 0)));
        }

        return found;
    }

    public override async Task<double> TimeAsync(string folder, CancellationToken cancel) => (await RunAsync(Command(folder), cancel)).Seconds;

    // It starts itself once more, which it cannot where the tree's loader has started it: it runs with the machine's libraries.
    private static IReadOnlyList<string> Command(string folder) =>
        [PackageTrees.SecretScanners.File("usr/bin/trufflehog"), "filesystem", folder, "--json", "--no-verification", "--no-update"];
}
