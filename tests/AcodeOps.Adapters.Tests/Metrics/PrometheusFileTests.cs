using System.Diagnostics;
using AcodeOps.Adapters.Metrics;
using AcodeOps.Lab.Packages;
using AcodeOps.Metrics;

namespace AcodeOps.Adapters.Tests.Metrics;

/// <summary>The text file is what Prometheus' own tool finds good, is never seen half-written, and its counters never fall.</summary>
public sealed class PrometheusFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-prom-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "acode.prom");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Promtool_finds_nothing_to_say_about_any_metric_of_the_registry()
    {
        Metric[] metrics = [.. MetricCatalog.All.Select((metric, i) => new Metric { Name = metric.Name, Kind = metric.Kind, Unit = metric.Unit, Value = i + 0.5, Tags = [.. metric.Tags.Select(tag => $"{tag}:one")] })];
        await WriteAsync([.. metrics, .. DogStatsDTests.Nasty(new Random(3), 200)]);

        PackageTree prometheus = PackageTrees.Prometheus;
        await new PackageInstaller(_ => { }).InstallAsync(prometheus, Cancel);
        IReadOnlyList<string> command = prometheus.Command("usr/bin/promtool", "check", "metrics");
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process promtool = Process.Start(start)!;
        Task<string> output = promtool.StandardOutput.ReadToEndAsync(Cancel), errors = promtool.StandardError.ReadToEndAsync(Cancel);
        await promtool.StandardInput.WriteAsync(await System.IO.File.ReadAllTextAsync(File, Cancel));
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync(Cancel);

        Assert.True(promtool.ExitCode == 0, $"exit {promtool.ExitCode}\n{await output}\n{await errors}");
        Assert.Equal("", (await output + await errors).Trim());
    }

    [Fact]
    public async Task Counts_add_up_gauges_stand_and_what_is_not_sent_any_more_goes()
    {
        await WriteAsync(DogStatsDTests.Plain("acode.events", 2, "a:b") with { Kind = MetricKind.Count }, DogStatsDTests.Plain("acode.level", 5), DogStatsDTests.Plain("acode.gone", 1));
        await WriteAsync(DogStatsDTests.Plain("acode.events", 3, "a:b") with { Kind = MetricKind.Count }, DogStatsDTests.Plain("acode.level", 4), DogStatsDTests.Plain("acode.age_hours", 2));
        await WriteAsync(DogStatsDTests.Plain("acode.level", 3), DogStatsDTests.Plain("acode.age_hours", 2));

        Assert.Equal(["acode_age_seconds 7200", "acode_events_total{a=\"b\"} 5", "acode_level 3"], (await System.IO.File.ReadAllLinesAsync(File, Cancel)).Where(line => line[0] != '#'));
        Assert.Equal([".lock", ".prom"], _folder.GetFiles().Select(file => file.Extension).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public async Task Readers_see_whole_files_only_and_writers_at_once_lose_no_count()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await WriteAsync(DogStatsDTests.Plain("acode.zzz_last", 1));
        Task reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                string text = await System.IO.File.ReadAllTextAsync(File, CancellationToken.None);
                Assert.EndsWith("acode_zzz_last 1\n", text, StringComparison.Ordinal);
            }
        }, Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 10; i++)
            {
                await WriteAsync([DogStatsDTests.Plain("acode.events", 1) with { Kind = MetricKind.Count }, DogStatsDTests.Plain("acode.zzz_last", 1), .. DogStatsDTests.Nasty(new Random(i), 300).Where(metric => metric.Kind == MetricKind.Gauge)]);
            }
        }, Cancel)));
        await stop.CancelAsync();
        await reading;
        Assert.Contains("acode_events_total 80", await System.IO.File.ReadAllLinesAsync(File, Cancel));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told()
    {
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => new MetricSender().SendAsync(
            new() { Name = "node", Kind = MetricSinkKind.Prometheus, Path = Path.Combine(_folder.FullName, "absent", "acode.prom") }, [DogStatsDTests.Plain("acode.a", 1)], Cancel));
        Assert.Equal("MetricFileNotWritten", failure.Id);
    }

    private Task<MetricShipment> WriteAsync(params Metric[] metrics) => new MetricSender().SendAsync(new() { Name = "node", Kind = MetricSinkKind.Prometheus, Path = File }, metrics, Cancel);
}
