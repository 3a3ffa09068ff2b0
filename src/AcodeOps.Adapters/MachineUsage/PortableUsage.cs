using System.Runtime.InteropServices;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.MachineUsage;

/// <summary>What .NET tells of any system: memory and volumes. It tells nothing of processors and disks, and nothing is made up for them.</summary>
internal sealed class PortableUsage : IMachineUsage
{
    /// <inheritdoc />
    public MachineSample Read() => new()
    {
        System = RuntimeInformation.OSDescription,
        Memory = ReadMemory(),
        Volumes = WrittenVolumes.Read(),
    };

    // The runtime looks at the machine's memory whenever it collects: the youngest generation is enough for that, and costs next to nothing.
    private static MemoryUse? ReadMemory()
    {
        GC.Collect(0);
        GCMemoryInfo seen = GC.GetGCMemoryInfo(GCKind.Any);
        return seen is { TotalAvailableMemoryBytes: > 0, MemoryLoadBytes: > 0 }
            ? new MemoryUse(seen.TotalAvailableMemoryBytes, Math.Max(0, seen.TotalAvailableMemoryBytes - seen.MemoryLoadBytes))
            : null;
    }
}
