using System.Diagnostics;
using AcodeOps.Adapters.MachineUsage;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>What is read of a machine: of files as Linux writes them, and of the one that the test runs on.</summary>
public sealed class MachineUsageTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("acode-proc-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Files_of_Linux_are_read_as_the_kernel_documents_them()
    {
        Write("proc/stat", "cpu  100 10 50 800 30 5 5 20 7 3\ncpu0 50 5 25 400 15 3 2 10 3 1\ncpu1 50 5 25 400 15 2 3 10 4 2\nintr 1 2 3\n");
        Write("proc/meminfo", "MemTotal:       8000000 kB\nMemFree:         100000 kB\nMemAvailable:   6000000 kB\nHugePages_Total:       0\n");
        Write("proc/vmstat", "nr_free_pages 5\npswpin 10\npswpout 20\n");
        Write("proc/diskstats", """
               7       0 loop0 10 0 20 1 0 0 0 0 0 1 1
               8       0 sda 100 5 2000 40 200 6 4000 90 0 120 130 0 0 0 0
               8       1 sda1 90 5 1900 40 200 6 4000 90 0 110 130 0 0 0 0
             253       0 dm-0 90 0 1900 40 200 0 4000 90 0 110 130 0 0 0 0
             259       0 nvme0n1 0 0 0 0 0 0 0 0 0 0 0
            """);
        _root.CreateSubdirectory("sys/block/sda/slaves");
        _root.CreateSubdirectory("sys/block/dm-0/slaves/sda");
        _root.CreateSubdirectory("sys/block/nvme0n1");
        MachineSample sample = new LinuxUsage(_root.FullName).Read();
        Assert.Equal(new ProcessorTimes(1_020, 830, 30, 20, 2), sample.Processor);
        Assert.Equal(new MemoryUse(8_000_000L * 1024, 6_000_000L * 1024), sample.Memory);
        Assert.Equal(30L * Environment.SystemPageSize, sample.SwappedBytes);
        Assert.Equal(new DiskCounters("sda", 2_000 * 512, 4_000 * 512, 120), Assert.Single(sample.Disks!));
        Assert.Null(sample.Throttling);

        // In a container with limits, those count.
        Write("sys/fs/cgroup/cpu.max", "200000 100000\n");
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 5\nnr_periods 40\nnr_throttled 4\nthrottled_usec 9\n");
        Write("sys/fs/cgroup/memory.max", "1000000000\n");
        Write("sys/fs/cgroup/memory.current", "700000000\n");
        Write("sys/fs/cgroup/memory.stat", "anon 5\ninactive_file 100000000\n");
        MachineSample limited = new LinuxUsage(_root.FullName).Read();
        Assert.Equal((40L, 4L), limited.Throttling);
        Assert.Equal(new MemoryUse(1_000_000_000, 400_000_000), limited.Memory);
    }

    [Theory]
    [InlineData("proc/stat", "nonsense\n")]
    [InlineData("proc/stat", "cpu  1 2 3\n")]
    [InlineData("proc/stat", "cpu  1 2 3 x 5 6 7 8\n")]
    [InlineData("proc/stat", "")]
    [InlineData("proc/meminfo", "MemTotal: much kB\n")]
    [InlineData("proc/vmstat", "pswpin 1\n")]
    public void What_is_missing_or_not_as_it_should_be_is_unknown(string file, string text)
    {
        Write(file, text);
        MachineSample sample = new LinuxUsage(_root.FullName).Read();
        Assert.Equal((null, null, null, null, null), (sample.Processor, sample.Memory, sample.SwappedBytes, sample.Disks, sample.Throttling));
    }

    [Fact]
    public async Task A_busy_processor_of_this_machine_shows()
    {
        LinuxUsage machine = new();
        MachineSample first = machine.Read();
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(
            () =>
            {
                while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1))
                {
                    Thread.SpinWait(1_000);
                }
            },
            TestContext.Current.CancellationToken)));
        MachineSample last = machine.Read();
        double total = last.Processor!.Total - first.Processor!.Total;
        double busy = total - (last.Processor.Idle - first.Processor.Idle);
        Assert.True(busy / total > 0.5, $"{busy} of {total}");
    }

    [Fact]
    public void What_dot_NET_tells_of_any_system_is_near_to_what_Linux_tells()
    {
        MachineSample portable = new PortableUsage().Read();
        MachineSample linux = new LinuxUsage().Read();
        Assert.Equal((null, null, null), (portable.Processor, portable.Disks, portable.SwappedBytes));
        Assert.InRange(portable.Memory!.TotalBytes, linux.Memory!.TotalBytes * 0.7, linux.Memory.TotalBytes * 1.01);
        Assert.InRange(portable.Memory.AvailableBytes, 0, portable.Memory.TotalBytes);
        Assert.NotEmpty(portable.Volumes);
        Assert.All(portable.Volumes, v => Assert.True(v.TotalBytes > 0 && v.FreeBytes >= 0 && v.FreeBytes <= v.TotalBytes, v.ToString()));
        Assert.Equal(portable.Volumes.Select(v => v.Name), linux.Volumes.Select(v => v.Name));
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
