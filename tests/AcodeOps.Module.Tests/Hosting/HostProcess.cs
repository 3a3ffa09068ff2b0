using System.Diagnostics;

namespace AcodeOps.Module.Tests.Hosting;

/// <summary>The lab's shell as a new process, for what one process can show only once: loading.</summary>
internal static class HostProcess
{
    /// <summary>The lab's own build output, beside this test's.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "AcodeOps.Lab", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))));

    /// <summary>Begins a command without the module; it imports what it wants. Its output is to be read, or it ends by itself never.</summary>
    public static Process Start(string command, string? folder = null, IReadOnlyDictionary<string, string?>? variables = null)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(folder ?? Folder, "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-NoModule", "-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in variables ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a command without the module; it imports what it wants.</summary>
    public static async Task<(int Code, string[] Output, string Errors)> RunAsync(string command, string? folder = null, IReadOnlyDictionary<string, string?>? variables = null)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using Process process = Start(command, folder, variables);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancel);
            string output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
