using System.Globalization;

namespace AcodeOps.Lab.Servers;

/// <summary>One process for all time: its number, when it started, and the boot that it belongs to. A number alone may be another process by now.</summary>
/// <param name="Pid">The process number.</param>
/// <param name="StartTicks">Clock ticks between the boot and the start, as the kernel tells them.</param>
/// <param name="Boot">The identity of the boot.</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string Boot)
{
    public static string CurrentBoot { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId)!;

    /// <summary>True while this very process runs. A zombie does not run, but while threads of it are left, it still has its ports and files.</summary>
    public bool IsAlive => Boot == CurrentBoot && Read(Pid) is { } now && now.StartTicks == StartTicks && (now.State is not ('Z' or 'X') || now.Threads > 1);

    /// <summary>The process that has this number now, or null.</summary>
    public static ProcessIdentity? Of(int pid) => Read(pid) is { } now ? new ProcessIdentity(pid, now.StartTicks, CurrentBoot) : null;

    /// <summary>Reads a pid file: the boot, then the kernel's own line on the process.</summary>
    public static ProcessIdentity? FromFile(string path)
    {
        try
        {
            string[] lines = File.ReadAllLines(path);
            return lines is [var boot, var stat, ..] && Parse(stat) is { } found ? new ProcessIdentity(found.Pid, found.StartTicks, boot) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static (long StartTicks, char State, int Threads)? Read(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat")) is { } found ? (found.StartTicks, found.State, found.Threads) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // 4711 (name, which may hold anything) S 1 …: the fields after the last parenthesis are regular; the 18th of them is the number of threads, the 20th the start.
    private static (int Pid, long StartTicks, char State, int Threads)? Parse(string stat)
    {
        int close = stat.LastIndexOf(')');
        string[] fields = close < 0 ? [] : stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19
            ? (int.Parse(stat.Split(' ')[0], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture), fields[0][0], int.Parse(fields[17], CultureInfo.InvariantCulture))
            : null;
    }
}
