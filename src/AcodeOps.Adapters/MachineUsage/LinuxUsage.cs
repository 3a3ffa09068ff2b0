using System.Globalization;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.MachineUsage;

/// <summary>What Linux tells under /proc and /sys. A file that is not there, or not as it should be, leaves its part unknown.</summary>
/// <param name="root">The folder that stands for <c>/</c>.</param>
internal sealed class LinuxUsage(string root = "/") : IMachineUsage
{
    // Of /proc/diskstats, whatever the disk's own sectors are.
    private const long SectorBytes = 512;

    private static readonly string[] NoDisks = ["loop", "ram", "zram", "fd", "sr"];

    /// <inheritdoc />
    public MachineSample Read() => new()
    {
        System = "Linux",
        Processor = ReadProcessor(),
        Throttling = ReadThrottling(),
        Memory = ReadMemory(),
        SwappedBytes = Named("proc/vmstat") is { } counted && counted.TryGetValue("pswpin", out long read) && counted.TryGetValue("pswpout", out long written)
            ? (read + written) * Environment.SystemPageSize : null,
        Disks = ReadDisks(),
        Volumes = WrittenVolumes.Read(),
    };

    // user, nice, system, idle, iowait, irq, softirq, steal; what guests take is in the first two already.
    private ProcessorTimes? ReadProcessor()
    {
        string[]? lines = Lines("proc/stat");
        long[]? times = lines is [{ } first, ..] && first.StartsWith("cpu ", StringComparison.Ordinal) ? Numbers(first.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]) : null;
        return times is { Length: >= 8 }
            ? new ProcessorTimes(times[..8].Sum(), times[3] + times[4], times[4], times[7], lines!.Count(line => line.StartsWith("cpu", StringComparison.Ordinal) && !line.StartsWith("cpu ", StringComparison.Ordinal)))
            : null;
    }

    // Of the control group that the process sees as its root: a container's own.
    private (long, long)? ReadThrottling() =>
        Lines("sys/fs/cgroup/cpu.max") is [{ } quota, ..] && !quota.StartsWith("max", StringComparison.Ordinal) && Named("sys/fs/cgroup/cpu.stat") is { } counted
            && counted.TryGetValue("nr_periods", out long periods) && counted.TryGetValue("nr_throttled", out long throttled) ? (periods, throttled) : null;

    // A container's limit counts where it is below what the machine has. Pages of files that can be given up at any time are not counted as used.
    private MemoryUse? ReadMemory()
    {
        if (Named("proc/meminfo") is not { } machine || !machine.TryGetValue("MemTotal:", out long total) || !machine.TryGetValue("MemAvailable:", out long available))
        {
            return null;
        }

        MemoryUse whole = new(total * 1024, available * 1024);
        return Number("sys/fs/cgroup/memory.max") is { } limit && limit < whole.TotalBytes && Number("sys/fs/cgroup/memory.current") is { } used
            ? new MemoryUse(limit, Math.Clamp(limit - used + (Named("sys/fs/cgroup/memory.stat")?.GetValueOrDefault("inactive_file") ?? 0), 0, limit))
            : whole;
    }

    private List<DiskCounters>? ReadDisks()
    {
        if (Lines("proc/diskstats") is not { } lines)
        {
            return null;
        }

        List<DiskCounters> disks = [];
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 13 && IsDisk(fields[2]) && Numbers(fields[3..13]) is { } counted && (counted[2] > 0 || counted[6] > 0))
            {
                disks.Add(new DiskCounters(fields[2], counted[2] * SectorBytes, counted[6] * SectorBytes, counted[9]));
            }
        }

        return disks;
    }

    // Neither a partition nor one that is made of others, as those would be counted twice.
    private bool IsDisk(string name)
    {
        string folder = Path.Combine(root, "sys", "block", name.Replace('/', '!'));
        return !Array.Exists(NoDisks, prefix => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && char.IsAsciiDigit(name[prefix.Length]))
            && Directory.Exists(folder) && (!Directory.Exists(Path.Combine(folder, "slaves")) || !Directory.EnumerateFileSystemEntries(Path.Combine(folder, "slaves")).Any());
    }

    private Dictionary<string, long>? Named(string file)
    {
        if (Lines(file) is not { } lines)
        {
            return null;
        }

        Dictionary<string, long> named = [];
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 2 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                named[fields[0]] = value;
            }
        }

        return named;
    }

    private long? Number(string file) => Lines(file) is [{ } text, ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static long[]? Numbers(string[] fields)
    {
        long[] numbers = new long[fields.Length];
        return fields.Select((field, i) => long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])).All(isNumber => isNumber) ? numbers : null;
    }

    private string[]? Lines(string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(root, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
