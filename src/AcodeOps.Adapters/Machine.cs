using System.Diagnostics;
using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters;

/// <summary>
/// This machine. On Linux its boot and the namespace of its process ids tell it from others, and from containers, which may
/// share its name; elsewhere its name alone, and a process is known by its start.
/// </summary>
internal sealed class Machine : IMachine
{
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    private Machine()
    {
        using Process self = Process.GetCurrentProcess();
        ThisProcess = new ProcessStamp(
            Environment.MachineName, MachineIdentity(), self.Id, self.StartTime.ToUniversalTime(), Environment.UserName)
        {
            StartedTicks = ReadStat(self.Id)?.StartedTicks,
        };
    }

    /// <summary>This machine, as this process sees it.</summary>
    public static Machine This { get; } = new();

    /// <inheritdoc />
    public ProcessStamp ThisProcess { get; }

    /// <inheritdoc />
    public bool IsGone(ProcessStamp process)
    {
        if (process.Host != ThisProcess.Host || process.Machine != ThisProcess.Machine)
        {
            return false;
        }

        Process? running = Find(process.ProcessId);
        using (running)
        {
            return running is null || IsAnother(running, process);
        }
    }

    // Null only where the system says for certain that there is no such process.
    private static Process? Find(int processId)
    {
        try
        {
            return Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Where the system does not tell, as of another user's processes, it may be the same.
    private static bool IsAnother(Process running, ProcessStamp process)
    {
        if (OperatingSystem.IsLinux())
        {
            return ReadStat(process.ProcessId) is { } stat
                && (stat.HasEnded || (process.StartedTicks is { } ticks && ticks != stat.StartedTicks));
        }

        try
        {
            return (running.StartTime.ToUniversalTime() - process.StartedAt).Duration() > Rounding;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string MachineIdentity()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.MachineName;
        }

        string boot = ReadFile("/proc/sys/kernel/random/boot_id")?.Trim() ?? "";
        return $"{boot}/{new FileInfo("/proc/self/ns/pid").LinkTarget}";
    }

    // Of /proc/PID/stat, behind the name, which may hold anything, in brackets: the state, and as 20th field the start.
    private static (bool HasEnded, long StartedTicks)? ReadStat(int processId)
    {
        string? stat = OperatingSystem.IsLinux() ? ReadFile($"/proc/{processId}/stat") : null;
        string[]? fields = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is { Length: > 19 } && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? (fields[0] is "Z" or "X", ticks)
            : null;
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
