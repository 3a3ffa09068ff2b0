namespace AcodeOps.Tuning;

/// <summary>What is read out of this machine's counters at the begin and at the end of a window.</summary>
internal static class MachineReadings
{
    private const double Mebi = 1024 * 1024;
    private const double Mega = 1e6;

    private static readonly ReadingLimit Busy = new(
        "ProcessorBusy", 90, "{0} has next to no processor time left.", "Find out what takes it (top, Task Manager); run AcodeOps, or what takes it, on another machine.");

    private static readonly ReadingLimit Stolen = new(
        "ProcessorStolen", 10, "{0} is given less processor time by its host than it asks for.", "Ask who runs the host, or take an instance type whose processors are its own.");

    private static readonly ReadingLimit Throttled = new(
        "ProcessorThrottled", 25, "{0} is held back by its container's processor limit.", "Raise the container's processor limit, or give it less to do.");

    private static readonly ReadingLimit Full = new(
        "MemoryLow", 90, "{0} has next to no memory left.", "Find out what takes it; before memory is full, the system ends processes, a running recovery among them.");

    private static readonly ReadingLimit DiskBusy = new(
        "DiskBusy", 90, "{0} had a disk that was busy nearly all the time.", "Find out what reads or writes it (iotop, Resource Monitor).");

    private static readonly ReadingLimit VolumeFull = new(
        "VolumeFull", 90, "{0} is nearly full.", "Make room: journals and audit records that wait for the storage are written to this machine, and nothing is done without them.");

    /// <summary>The readings of a window.</summary>
    public static IEnumerable<Reading> Of(string target, MachineSample first, MachineSample last, TimeSpan elapsed, (DateTimeOffset From, DateTimeOffset To) span)
    {
        Reading Read(string name, string unit, Figure figure, ReadingLimit? limit = null, string? instance = null) => Reading.Of(target, name, unit, figure, span, limit, instance);

        Figure NotTold(string what) => Figure.Unknown($"{last.System} does not tell {what} in a way that is read here");

        Figure Time(Func<ProcessorTimes, double> part) => first.Processor is not { } then || last.Processor is not { } now ? NotTold("how busy the processors are")
            : now.Total - then.Total is > 0 and var all && part(now) - part(then) is >= 0 and var of ? new Figure(Math.Min(100, 100 * of / all), $"{now.Count} processors")
            : Figure.Unknown("the counters of the processors have not grown");

        yield return Read("Processor busy", "%", Time(p => p.Total - p.Idle), Busy);
        if (last.Processor is not null)
        {
            yield return Read("Processor waiting for disk", "%", Time(p => p.WaitingForDisk));
            yield return Read("Processor taken by the host", "%", Time(p => p.Stolen), Stolen);
        }

        if (first.Throttling is { } before && last.Throttling is { } after)
        {
            (long periods, long throttled) = (after.Periods - before.Periods, after.Throttled - before.Throttled);
            yield return Read("Processor throttled", "%", periods > 0 && throttled >= 0
                ? new Figure(100.0 * throttled / periods, $"{throttled} of {periods} periods") : Figure.Unknown("no period has ended in the window"), Throttled);
        }

        yield return Read("Memory used", "%", last.Memory is { TotalBytes: > 0 } memory
            ? new Figure(100.0 * (memory.TotalBytes - memory.AvailableBytes) / memory.TotalBytes, FormattableString.Invariant($"{memory.AvailableBytes / Mebi:0} of {memory.TotalBytes / Mebi:0} MiB could still be had"))
            : NotTold("how much memory there is"), Full);
        yield return Read("Swapped", "MB/s", first.SwappedBytes is { } swapped && last.SwappedBytes is { } since
            ? Rate(since - swapped, elapsed) : NotTold("what is swapped"));
        foreach (Reading reading in (last.Disks ?? []).SelectMany(disk => Disk(disk, first.Disks?.FirstOrDefault(d => d.Name == disk.Name), elapsed, Read)))
        {
            yield return reading;
        }

        if (last.Disks is null)
        {
            yield return Read("Disk busy", "%", NotTold("how busy the disks are"), DiskBusy);
        }

        foreach (VolumeUse volume in last.Volumes)
        {
            yield return Read("Volume used", "%", volume.TotalBytes > 0
                ? new Figure(100.0 * (volume.TotalBytes - volume.FreeBytes) / volume.TotalBytes, FormattableString.Invariant($"{volume.FreeBytes / Mebi:0} of {volume.TotalBytes / Mebi:0} MiB are free"))
                : Figure.Unknown("the system does not tell its size"), VolumeFull, volume.Name);
        }
    }

    private static IEnumerable<Reading> Disk(DiskCounters now, DiskCounters? then, TimeSpan elapsed, Func<string, string, Figure, ReadingLimit?, string?, Reading> read)
    {
        Figure Grown(Func<DiskCounters, long> part, Func<double, Figure> figure) =>
            then is null ? Figure.Unknown("the disk was not there at the begin of the window")
            : part(now) - part(then) is >= 0 and var grown ? figure(grown) : Figure.Unknown("the counter of the disk was set back");

        yield return read("Disk busy", "%", Grown(d => d.BusyMs, ms => new Figure(Math.Min(100, 100 * ms / elapsed.TotalMilliseconds))), DiskBusy, now.Name);
        yield return read("Disk read", "MB/s", Grown(d => d.ReadBytes, bytes => Rate(bytes, elapsed)), null, now.Name);
        yield return read("Disk written", "MB/s", Grown(d => d.WrittenBytes, bytes => Rate(bytes, elapsed)), null, now.Name);
    }

    private static Figure Rate(double bytes, TimeSpan elapsed) => bytes >= 0 ? new Figure(bytes / Mega / elapsed.TotalSeconds) : Figure.Unknown("the counter was set back");
}
