using System.Diagnostics;

namespace AcodeOps.Module.Tests.Hosting;

/// <summary>The lab's shell as a new process, for what one process can show only once: loading.</summary>
internal static class HostProcess
{
    /// <summary>The lab's own build output, beside this test's.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "AcodeOps.Lab", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))));

    /// <summary>Runs a command without the module; it imports what it wants.</summary>
    public static async Task<(int Code, string[] Output, string Errors)> RunAsync(string command, string? folder = null)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        ProcessStartInfo start = new("dotnet", [Path.Combine(folder ?? Folder, "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-NoModule", "-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
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
