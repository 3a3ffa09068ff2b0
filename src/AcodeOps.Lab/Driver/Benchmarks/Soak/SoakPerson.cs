using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AcodeOps.Lab.Driver.Benchmarks.Soak;

/// <summary>Somebody at a shell of their own: a process that can be killed at any moment, and whose lines are kept.</summary>
internal sealed class SoakPerson : IDisposable
{
    private readonly Process _process;

    /// <summary>Begins a script in a new shell.</summary>
    /// <param name="repository">Whose packed module it uses.</param>
    /// <param name="environment">The environment's file.</param>
    /// <param name="script">What is typed.</param>
    /// <param name="seed">What its chances come from.</param>
    /// <param name="heard">Takes its lines.</param>
    public SoakPerson(Repository repository, string environment, string script, int seed, ConcurrentQueue<string> heard)
    {
        string prepared = string.Create(CultureInfo.InvariantCulture, $"Import-Module '{repository.Manifest}'; $environment = '{environment}'; $seed = {seed}\n{script}");
        ProcessStartInfo start = new("dotnet", [Path.Combine(repository.Out, "lab", "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-NoModule", "-c", prepared])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data is { Length: > 0 } said ? $"error {said}" : null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Hear(string? line)
        {
            if (line is { Length: > 0 })
            {
                heard.Enqueue(line);
            }
        }
    }

    /// <summary>Ended although nobody has killed it.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Kills it without goodbye, as a power failure does.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
