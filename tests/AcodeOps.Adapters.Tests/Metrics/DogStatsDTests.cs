using System.Net;
using System.Net.Sockets;
using System.Text;
using AcodeOps.Adapters.Metrics;
using AcodeOps.Lab.Sinks;
using AcodeOps.Metrics;

namespace AcodeOps.Adapters.Tests.Metrics;

/// <summary>What reaches an agent: every metric once, by the protocol's grammar, in datagrams that are carried whole; and what does not is told.</summary>
public sealed class DogStatsDTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-dsd-");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Lines => Path.Combine(_folder.FullName, "metrics.jsonl");

    private string Unix => Path.Combine(_folder.FullName, "dsd.socket");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Metrics_of_any_shape_arrive_once_and_by_the_grammar(bool overSocket)
    {
        int seed = Random.Shared.Next();
        Metric[] metrics = [.. Nasty(new Random(seed), 600)];
        using MetricSink sink = new(0, Unix, Lines);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task running = sink.RunAsync(stop.Token);

        MetricShipment shipment = await new MetricSender().SendAsync(Sink(sink.Port, overSocket), metrics, Cancel);

        Assert.Equal((600, 0, null), (shipment.Sent, shipment.Dropped, shipment.Failure));
        Assert.True(shipment.Datagrams is > 1 and < 600, $"{shipment.Datagrams} datagrams");
        IReadOnlyList<ReceivedMetric> received = await ReceivedAsync(600);
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.True(received.All(metric => metric.Fault is null), $"seed {seed}: {received.FirstOrDefault(metric => metric.Fault is not null)}");
        Assert.Equal(metrics.Select(m => (m.Name, m.Kind == MetricKind.Count ? "c" : "g", m.Value)), received.Select(m => (m.Name, m.Type!, (double?)double.Parse(m.Value!, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(metrics.Select(m => m.Tags.Count), received.Select(m => m.Tags.Count));
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_told_and_so_is_what_was_lost()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        taken.Close();

        MetricShipment shipment = await new MetricSender().SendAsync(Sink(port, false), [.. Nasty(new Random(1), 200)], Cancel);

        Assert.Equal(("MetricSinkRefused", 200), (shipment.Failure?.Id, shipment.Sent + shipment.Dropped));
        Assert.True(shipment.Dropped > 0, $"{shipment}");
        AcodeException absent = await Assert.ThrowsAsync<AcodeException>(() => new MetricSender().SendAsync(Sink(0, true), [Plain("acode.x", 1)], Cancel));
        Assert.Equal(("MetricSinkRefused", FailureClass.ConnectionRefused), (absent.Id, absent.Cause));
    }

    [Fact]
    public async Task A_socket_that_nobody_reads_drops_in_time_and_counts()
    {
        using Socket deaf = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        deaf.Bind(new UnixDomainSocketEndPoint(Unix));
        MetricDispatcher dispatcher = new(new MetricSender(), TestEnvironment, TimeProvider.System) { SinkLimit = TimeSpan.FromSeconds(1.5) };

        MetricDelivery delivery = Assert.Single(await dispatcher.SendAsync([.. Nasty(new Random(2), 30_000)], [Sink(0, true)], Cancel));

        Assert.Equal(30_000, delivery.Sent + delivery.Dropped);
        Assert.True(delivery is { ErrorId: "MetricSinkTimedOut" or "MetricSinkFull", Dropped: > 0 }, $"{delivery}");
    }

    [Fact]
    public async Task Unknown_is_not_sent_and_the_environment_is_told_by_a_tag()
    {
        using MetricSink sink = new(0, Unix, Lines);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task running = sink.RunAsync(stop.Token);
        Metric[] metrics = [Plain("acode.a", 1), Plain("acode.b", 0) with { Value = null, Problem = "nobody knows" }, Plain("acode.c", double.NaN), Plain("acode.d", 4, "env:own", "team:else")];

        MetricDelivery delivery = Assert.Single(await new MetricDispatcher(new MetricSender(), TestEnvironment, TimeProvider.System).SendAsync(metrics, [Sink(sink.Port, false)], Cancel));

        Assert.Equal((2, 0, 2, 1, null), (delivery.Sent, delivery.Dropped, delivery.Unknown, delivery.Datagrams, delivery.ErrorId));
        IReadOnlyList<ReceivedMetric> received = await ReceivedAsync(2);
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(["acode.a:1|g|#env:test,team:data", "acode.d:4|g|#env:own,team:else"], received.Select(metric => metric.Raw));
    }

    [Theory]
    [InlineData("acode.x:1|g", null)]
    [InlineData("acode.x:1.5|c|@0.5|#a:b,c", null)]
    [InlineData("acode.x:1|g|#a:b|c:id|T1700000000", null)]
    [InlineData("acode.x|g", "no name:value|type")]
    [InlineData("acode x:1|g", "no name:value|type")]
    [InlineData("acode.x:1|q", "type q")]
    [InlineData("acode.x:none|g", "a value that is no number")]
    [InlineData("acode.x:1|g|#a:b,,c", "an empty tag")]
    [InlineData("acode.x:1|g|#host:me", "a tag that overrides where it comes from")]
    [InlineData("acode.x:1|g|#a:b|#c", "a part twice")]
    [InlineData("acode.x:1|g|#a:b|c", "a part that the protocol does not know")]
    [InlineData("", "no name:value|type")]
    public void The_sink_of_the_lab_knows_right_from_wrong(string line, string? fault) => Assert.Equal(fault, ReceivedMetric.Parse(line, default).Fault);

    [Fact]
    public void A_metric_that_fits_no_datagram_is_counted_and_the_others_go_on()
    {
        Metric tooLong = Plain("acode.long", 1, [.. Enumerable.Range(0, 20).Select(i => $"k{i}:{new string('x', 150)}")]);
        (byte[] Datagram, int Lines)[] packed = [.. DogStatsDSink.Pack([Plain("acode.a", 1), tooLong, Plain("acode.b", 2)], DogStatsDSink.UdpBytes)];
        Assert.Equal(["", "acode.a:1|g\nacode.b:2|g"], packed.Select(datagram => Encoding.UTF8.GetString(datagram.Datagram)));
    }

    internal static AcodeEnvironment TestEnvironment { get; } = MySql.SourceUnderTest.Environment("UTC") with { Metrics = new MetricsDefinition { Tags = ["team:data"] } };

    internal static Metric Plain(string name, double value, params string[] tags) => new() { Name = name, Value = value, Tags = tags };

    internal static IEnumerable<Metric> Nasty(Random random, int count)
    {
        string[] words = ["primary", "a|b", "c,d", "#e", "é|ü", "line\nfeed", "tab\there", "😀", new string('y', 300), "", "x:y:z", "\"quoted\" \\ back", "\u001b[31m"];
        double[] values = [0, 1, -7, 0.1, 1e-9, 123456789012, 9007199254740991, 1.5e300, -2.25];
        return Enumerable.Range(0, count).Select(i => Plain($"acode.metric_{i % 50}", values[random.Next(values.Length)], [.. Enumerable.Range(0, random.Next(5)).Select(k => $"key{k}:{words[random.Next(words.Length)]}")]) with
        {
            Kind = i % 2 == 0 ? MetricKind.Gauge : MetricKind.Count,
        });
    }

    private MetricSinkDefinition Sink(int port, bool overSocket) => new() { Name = "agent", Kind = MetricSinkKind.DogStatsD, Port = port, Path = overSocket ? Unix : null };

    private async Task<IReadOnlyList<ReceivedMetric>> ReceivedAsync(int count)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        while (JsonLines.Read<ReceivedMetric>(Lines).Count < count)
        {
            Assert.False(limit.IsCancellationRequested, $"{JsonLines.Read<ReceivedMetric>(Lines).Count} of {count} metrics were received.");
            await Task.Delay(20, Cancel);
        }

        return JsonLines.Read<ReceivedMetric>(Lines);
    }
}
