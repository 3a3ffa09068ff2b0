using AcodeOps.Tuning;

namespace AcodeOps.Core.Tests.Tuning;

/// <summary>What is read out of two looks at this machine, and what is said of a system that tells little.</summary>
public sealed class MachineReadingsTests
{
    private const long Gibi = 1L << 30;
    private static readonly DateTimeOffset Noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    private static readonly MachineSample First = new()
    {
        System = "Linux",
        Processor = new ProcessorTimes(1_000, 600, 100, 10, 4),
        Throttling = (100, 10),
        Memory = new MemoryUse(8 * Gibi, 4 * Gibi),
        SwappedBytes = 1_000_000,
        Disks = [new DiskCounters("sda", 1_000, 2_000, 500)],
        Volumes = [new VolumeUse("/", 100 * Gibi, 50 * Gibi)],
    };

    [Fact]
    public void Counters_since_the_start_become_rates_of_the_window()
    {
        MachineSample last = First with
        {
            Processor = new ProcessorTimes(5_000, 800, 140, 410, 4),
            Throttling = (200, 60),
            Memory = new MemoryUse(8 * Gibi, 400 << 20),
            SwappedBytes = 21_000_000,
            Disks = [new DiskCounters("sda", 50_001_000, 20_002_000, 10_000)],
            Volumes = [new VolumeUse("/", 100 * Gibi, 5 * Gibi)],
        };
        Reading[] readings = [.. MachineReadings.Of("machine", First, last, Ten, (Noon, Noon + Ten))];
        Assert.Equal(
            [
                "machine: Processor busy 95 % Degraded", "machine: Processor waiting for disk 1 % ", "machine: Processor taken by the host 10 % Degraded", "machine: Processor throttled 50 % Degraded",
                "machine: Memory used 95.12 % Degraded", "machine: Swapped 2 MB/s ", "machine: Disk busy sda 95 % Degraded", "machine: Disk read sda 5 MB/s ", "machine: Disk written sda 2 MB/s ",
                "machine: Volume used / 95 % Degraded",
            ],
            readings.Select(r => $"{r.Told} {r.Told.Verdict}"));
        Finding[] findings = [.. readings.Select(r => r.Finding("This machine (m)", null)).OfType<Finding>()];
        Assert.Equal(["ProcessorBusy", "ProcessorStolen", "ProcessorThrottled", "MemoryLow", "DiskBusy", "VolumeFull"], findings.Select(f => f.Rule));
        Assert.All(findings, f => Assert.False(string.IsNullOrEmpty(f.Evidence) || string.IsNullOrEmpty(f.Remedy) || f.Message.Contains('{', StringComparison.Ordinal), f.ToString()));
    }

    [Fact]
    public void What_a_system_does_not_tell_is_unknown_with_a_reason_and_proves_nothing()
    {
        MachineSample nothing = new() { System = "Darwin 25" };
        Reading[] readings = [.. MachineReadings.Of("machine", nothing, nothing, Ten, (Noon, Noon + Ten))];
        Assert.Equal(["Processor busy", "Memory used", "Swapped", "Disk busy"], readings.Select(r => r.Told.Name));
        Assert.All(readings, r => Assert.True(r.Told is { Value: null, Verdict: Verdict.Unknown } && r.Told.Evidence!.Contains("Darwin 25 does not tell", StringComparison.Ordinal), r.Told.ToString()));
        Assert.Empty(readings.Select(r => r.Finding("It", null)).OfType<Finding>());
    }

    [Fact]
    public void Counters_that_went_back_or_came_anew_are_unknown()
    {
        MachineSample last = First with
        {
            Processor = First.Processor! with { Total = 900 },
            SwappedBytes = 5,
            Disks = [new DiskCounters("sda", 1, 2_000, 500), new DiskCounters("sdb", 1, 1, 1)],
        };
        Reading[] readings = [.. MachineReadings.Of("machine", First, last, Ten, (Noon, Noon + Ten))];
        Assert.All(
            readings.Where(r => r.Told.Name.StartsWith("Processor", StringComparison.Ordinal) || r.Told.Name == "Swapped" || r.Told.Instance == "sdb" || r.Told is { Instance: "sda", Name: "Disk read" }),
            r => Assert.Equal((null, Verdict.Unknown), (r.Told.Value, r.Told.Verdict)));
        Assert.Equal(0, readings.Single(r => r.Told is { Instance: "sda", Name: "Disk written" }).Told.Value);
    }
}
