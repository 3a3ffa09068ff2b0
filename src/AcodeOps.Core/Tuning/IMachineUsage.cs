namespace AcodeOps.Tuning;

/// <summary>What this machine's system counts of its processor, memory and disks.</summary>
public interface IMachineUsage
{
    /// <summary>Reads them. What this system does not tell is null, never 0.</summary>
    MachineSample Read();
}

/// <summary>This machine's counters at one moment.</summary>
public sealed record MachineSample
{
    /// <summary>The name of the system, for messages: <c>Linux</c>.</summary>
    public required string System { get; init; }

    /// <summary>The processors' time since the start; null where the system does not tell.</summary>
    public ProcessorTimes? Processor { get; init; }

    /// <summary>Of the limit that a container is under: the periods since its start, and in how many it was held back; null where there is no limit.</summary>
    public (long Periods, long Throttled)? Throttling { get; init; }

    /// <summary>Memory; null where the system does not tell.</summary>
    public MemoryUse? Memory { get; init; }

    /// <summary>Bytes that went to swap and came from it since the start; null where the system does not tell.</summary>
    public long? SwappedBytes { get; init; }

    /// <summary>The disks since the start; null where the system does not tell.</summary>
    public IReadOnlyList<DiskCounters>? Disks { get; init; }

    /// <summary>The volumes that AcodeOps writes to.</summary>
    public IReadOnlyList<VolumeUse> Volumes { get; init; } = [];
}

/// <summary>The time of all processors together, in any one unit.</summary>
/// <param name="Total">All of it.</param>
/// <param name="Idle">What nobody used, waiting for disks included.</param>
/// <param name="WaitingForDisk">What nobody used while somebody waited for a disk.</param>
/// <param name="Stolen">What the host of this virtual machine gave to others.</param>
/// <param name="Count">How many processors there are.</param>
public sealed record ProcessorTimes(double Total, double Idle, double WaitingForDisk, double Stolen, int Count);

/// <summary>Memory, in bytes.</summary>
/// <param name="TotalBytes">What there is.</param>
/// <param name="AvailableBytes">What could be had without swapping.</param>
public sealed record MemoryUse(long TotalBytes, long AvailableBytes);

/// <summary>A disk since the start.</summary>
/// <param name="Name">The system's name for it.</param>
/// <param name="ReadBytes">Bytes read.</param>
/// <param name="WrittenBytes">Bytes written.</param>
/// <param name="BusyMs">For how many milliseconds it had something to do.</param>
public sealed record DiskCounters(string Name, long ReadBytes, long WrittenBytes, long BusyMs);

/// <summary>A volume.</summary>
/// <param name="Name">Its root or mount point.</param>
/// <param name="TotalBytes">What there is.</param>
/// <param name="FreeBytes">What is free for this user.</param>
public sealed record VolumeUse(string Name, long TotalBytes, long FreeBytes);
