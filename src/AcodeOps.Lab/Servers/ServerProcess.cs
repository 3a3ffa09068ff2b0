using System.Diagnostics;

namespace AcodeOps.Lab.Servers;

/// <summary>
/// A server as a process of its own session, known by its pid file, so that any process can attach to it. It outlives who started it;
/// the lab ends it by its pid file.
/// </summary>
/// <param name="folder">The folder of pid files and logs.</param>
/// <param name="name">The name of both.</param>
public sealed class ServerProcess(string folder, string name)
{
    // The shell writes the pid file about itself and then becomes the server: whoever starts it may die at any moment, and no process is ever without its file.
    private const string Launch = """
        read -r boot </proc/sys/kernel/random/boot_id && read -r stat </proc/$$/stat && printf '%s\n%s\n' "$boot" "$stat" >"$0.new" && mv "$0.new" "$0" || exit 1
        log=$1; shift; exec setsid "$@" </dev/null >>"$log" 2>&1
        """;

    public string Name => name;

    public string PidFile { get; } = Path.Combine(folder, name + ".pid");

    public string LogFile { get; } = Path.Combine(folder, name + ".log");

    public ProcessIdentity? Identity => ProcessIdentity.FromFile(PidFile);

    public bool IsAlive => Identity is { IsAlive: true };

    /// <summary>Starts it. The environment is empty but for what is given, so that nothing of the caller's settings or secrets reaches a server.</summary>
    public void Start(IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(folder);
        File.Delete(PidFile);
        ProcessStartInfo start = new("/bin/sh", ["-c", Launch, PidFile, LogFile, .. command]) { WorkingDirectory = folder };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        using Process process = Process.Start(start)!;
        for (int i = 0; i < 2000 && !File.Exists(PidFile) && !process.HasExited; i++)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Waits until the probe says that the server really answers.</summary>
    /// <exception cref="LabException">It ended, or did not answer in time; the message has the end of its log.</exception>
    public async Task WaitUntilAsync(Func<CancellationToken, Task<bool>> answers, TimeSpan patience, CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            using (CancellationTokenSource one = CancellationTokenSource.CreateLinkedTokenSource(cancel))
            {
                one.CancelAfter(TimeSpan.FromSeconds(5));
                try
                {
                    if (await answers(one.Token))
                    {
                        return;
                    }
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    // One probe took too long; the next may do better.
                }
            }

            if (!IsAlive)
            {
                throw new LabException($"{name} ended while it was starting: {LogTail()} (all of it: {LogFile}).");
            }

            if (Stopwatch.GetElapsedTime(began) > patience)
            {
                throw new LabException($"{name} did not answer within {patience.TotalSeconds:0} s: {LogTail()} (all of it: {LogFile}).");
            }

            await Task.Delay(25, cancel);
        }
    }

    /// <summary>SIGTERM, and SIGKILL when that is not enough. Returns when it is gone.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (Identity is not { } process)
        {
            return;
        }

        process.Send(ProcessSignal.Terminate);
        process.Send(ProcessSignal.Continue);
        if (!await IsGoneAsync(process, patience))
        {
            await KillAsync();
        }

        File.Delete(PidFile);
    }

    /// <summary>SIGKILL: no goodbye, as when the machine fails.</summary>
    public async Task KillAsync()
    {
        if (Identity is { } process)
        {
            process.Send(ProcessSignal.Kill);
            await IsGoneAsync(process, TimeSpan.FromSeconds(30));
            File.Delete(PidFile);
        }
    }

    /// <summary>SIGSTOP: the port stays open and nothing answers.</summary>
    public void Pause() => Identity?.Send(ProcessSignal.Stop);

    /// <summary>SIGCONT: goes on after a pause.</summary>
    public void Continue() => Identity?.Send(ProcessSignal.Continue);

    /// <summary>Has the log a line with this text?</summary>
    public bool LogContains(string text) => File.Exists(LogFile) && File.ReadAllText(LogFile).Contains(text, StringComparison.OrdinalIgnoreCase);

    private static async Task<bool> IsGoneAsync(ProcessIdentity process, TimeSpan patience)
    {
        long began = Stopwatch.GetTimestamp();
        while (process.IsAlive)
        {
            if (Stopwatch.GetElapsedTime(began) > patience)
            {
                return false;
            }

            await Task.Delay(10);
        }

        return true;
    }

    private string LogTail() => File.Exists(LogFile) ? string.Join(" | ", File.ReadLines(LogFile).Where(l => l.Length > 0).TakeLast(4)) : "it wrote no log";
}
