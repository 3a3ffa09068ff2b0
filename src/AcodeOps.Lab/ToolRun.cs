using System.ComponentModel;
using System.Diagnostics;

namespace AcodeOps.Lab;

/// <summary>A program of the machine, run to its end.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public static async Task<ToolRun> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancel, string? folder = null, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e) when (e.NativeErrorCode == 2)
        {
            throw new LabException($"The program {program} is missing: the lab unpacks its servers from Debian packages and needs a Debian machine with apt and dpkg.", e);
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                if (input is not null)
                {
                    await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
                }

                process.StandardInput.Close();
                await process.WaitForExitAsync(cancel);
            }
            catch (Exception e) when (e is OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
            catch (IOException)
            {
                // It ended before it had read everything: its exit code and its errors tell why.
                await process.WaitForExitAsync(cancel);
            }

            return new ToolRun(process.ExitCode, await output, await errors);
        }
    }

    /// <summary>The last lines of what it said, for a message.</summary>
    public string Tail(int lines = 5) =>
        string.Join(" | ", (Errors + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(lines));
}
