using System.Diagnostics;

namespace AcodeOps.Lab.Driver;

/// <summary>Runs a program to its end; cancelled, it and its children are killed.</summary>
internal static class ChildProcess
{
    /// <summary>The exit code; its output goes to the driver's own unless <paramref name="onLine"/> takes it.</summary>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancel, Action<string>? onLine = null, string? moduleManifest = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = onLine is not null,
            RedirectStandardError = onLine is not null,
        };
        if (moduleManifest is not null)
        {
            start.Environment["ACODE_MODULE"] = moduleManifest;
        }

        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        if (onLine is not null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return process.ExitCode;

        void Take(string? line)
        {
            if (line is not null)
            {
                lock (process)
                {
                    onLine!(line);
                }
            }
        }
    }

    /// <summary>Runs <c>dotnet</c> quietly in the repository; a failure shows its errors and throws.</summary>
    public static async Task DotnetAsync(Repository repository, string what, IEnumerable<string> arguments, CancellationToken cancel)
    {
        List<string> lines = [];
        int code = await RunAsync("dotnet", arguments, repository.Root, cancel, lines.Add);
        if (code != 0)
        {
            IEnumerable<string> errors = lines.Where(l => l.Contains(": error", StringComparison.Ordinal)).Distinct();
            foreach (string line in errors.Any() ? errors : lines)
            {
                Console.Error.WriteLine(line);
            }

            throw new DriverException($"{what} failed.");
        }
    }
}
