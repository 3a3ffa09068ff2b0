using AcodeOps.Adapters.Metrics;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers.Services;
using AcodeOps.Lab.Sinks.Otlp;
using AcodeOps.Metrics;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Metrics;

/// <summary>What reaches a receiver of OTLP: every metric once and by the protocol; and sent is only what the receiver has taken.</summary>
public sealed class OtlpTests(LabFixture lab)
{
    private const string Key = "very-secret-key";

    private static readonly CredentialReference Reference = new(CredentialHolder.EnvironmentVariable, "OTLP_HEADERS");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<OtlpProtocol> Protocols => new(Enum.GetValues<OtlpProtocol>());

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Every_metric_arrives_once_as_the_protocol_wants_it(OtlpProtocol protocol)
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        Metric[] registry = [.. MetricCatalog.All.Select((metric, i) => new Metric { Name = metric.Name, Kind = metric.Kind, Unit = metric.Unit, Value = i + 0.5, Tags = [.. metric.Tags.Select(tag => $"{tag}:one"), "env:test"] })];
        Metric[] nasty = [.. DogStatsDTests.Nasty(new Random(5), 2_500).Where(metric => metric.Kind == MetricKind.Gauge || metric.Value >= 0).Select((metric, i) => metric with { Tags = [.. metric.Tags, $"n:{i}"] })];
        Metric[] all = [.. registry, .. nasty];

        MetricShipment shipment = await Sender().SendAsync(Sink(server, protocol), all, Cancel);

        Assert.Empty(server.Faults);
        Assert.Equal((all.Length, 0, null), (shipment.Sent, shipment.Dropped, shipment.Failure));
        Assert.Equal(1, server.Requests);
        Assert.Equal(all.Length, server.Points.Count);
        Assert.All(server.Points, point => Assert.Equal("acodeops test AcodeOps", $"{point.Resource["service.name"]} {point.Resource["deployment.environment.name"]} {point.Scope.Split(' ')[0]}"));
        Dictionary<string, ReceivedPoint> points = server.Points.GroupBy(point => point.Name).ToDictionary(family => family.Key, family => family.First());
        foreach ((MetricDefinition metric, Metric sent) in MetricCatalog.All.Zip(registry))
        {
            ReceivedPoint point = points[metric.Name];
            Assert.Equal((metric.Kind == MetricKind.Count ? "sum delta monotonic" : "gauge", sent.Value, metric.Meaning), (point.Kind, point.Value, point.Description));
            Assert.Equal(sent.Tags.Order(), point.Attributes.Select(pair => $"{pair.Key}:{pair.Value}").Order());
        }

        string[] units = ["acode.data_freshness_hours h", "acode.s3_total_size_bytes By", "acode.route_active ", "acode.daily_unique_pharmacies {pharmacy}", "acode.failover_events {switch}", "acode.daily_records {row}"];
        Assert.All(units, unit => Assert.Equal(unit, $"{unit.Split(' ')[0]} {points[unit.Split(' ')[0]].Unit}"));
        Assert.Equal(nasty.Select(metric => metric.Value!.Value).Order(), server.Points.Where(point => point.Attributes.ContainsKey("n")).Select(point => point.Value).Order());
    }

    [Fact]
    public async Task Several_sinks_at_once_get_each_their_own()
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Sender().SendAsync(
            Sink(server, i % 2 == 0 ? OtlpProtocol.Grpc : OtlpProtocol.HttpProtobuf), [.. Enumerable.Range(0, 20).Select(k => DogStatsDTests.Plain($"acode.m{k}", i, $"sender:{i}"))], Cancel)));
        Assert.Empty(server.Faults);
        Assert.Equal(160, server.Points.Count);
        Assert.All(server.Points, point => Assert.Equal(point.Attributes["sender"], $"{point.Value}"));
    }

    public static TheoryData<OtlpProtocol, OtlpBehavior, string, FailureClass> Refusals => new()
    {
        { OtlpProtocol.HttpProtobuf, new(400, "no such tenant"), "MetricSinkRejected", FailureClass.InvalidInput },
        { OtlpProtocol.HttpProtobuf, new(401, $"key {Key} is revoked"), "MetricSinkAuthenticationFailed", FailureClass.Authentication },
        { OtlpProtocol.HttpProtobuf, new(403), "MetricSinkAccessDenied", FailureClass.Permission },
        { OtlpProtocol.HttpProtobuf, new(404), "MetricSinkAnswersSomethingElse", FailureClass.Protocol },
        { OtlpProtocol.HttpProtobuf, new(302), "MetricSinkAnswersSomethingElse", FailureClass.Protocol },
        { OtlpProtocol.HttpProtobuf, new(429), "MetricSinkThrottled", FailureClass.Throttled },
        { OtlpProtocol.HttpProtobuf, new(500), "MetricSinkServerFault", FailureClass.ServerFault },
        { OtlpProtocol.HttpProtobuf, new(503), "MetricSinkServerFault", FailureClass.ServerFault },
        { OtlpProtocol.HttpProtobuf, new() { ShowsPage = true }, "MetricSinkAnswersSomethingElse", FailureClass.Protocol },
        { OtlpProtocol.HttpProtobuf, new() { Cuts = true }, "MetricSinkUnreachable", FailureClass.Unreachable },
        { OtlpProtocol.HttpProtobuf, new() { Hangs = true }, "MetricSinkTimedOut", FailureClass.Timeout },
        { OtlpProtocol.Grpc, new(3, "no such tenant"), "MetricSinkRejected", FailureClass.InvalidInput },
        { OtlpProtocol.Grpc, new(16, $"key {Key} is revoked"), "MetricSinkAuthenticationFailed", FailureClass.Authentication },
        { OtlpProtocol.Grpc, new(7), "MetricSinkAccessDenied", FailureClass.Permission },
        { OtlpProtocol.Grpc, new(8), "MetricSinkThrottled", FailureClass.Throttled },
        { OtlpProtocol.Grpc, new(12), "MetricSinkAnswersSomethingElse", FailureClass.Protocol },
        { OtlpProtocol.Grpc, new(13), "MetricSinkServerFault", FailureClass.ServerFault },
        { OtlpProtocol.Grpc, new() { ShowsPage = true }, "MetricSinkAnswersSomethingElse", FailureClass.Protocol },
        { OtlpProtocol.Grpc, new() { Hangs = true }, "MetricSinkTimedOut", FailureClass.Timeout },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task What_was_not_taken_is_dropped_and_the_reason_told(OtlpProtocol protocol, OtlpBehavior behavior, string id, FailureClass cause)
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        server.Behavior = behavior;

        MetricShipment shipment = await Sender($"x-api-key={Key}", TimeSpan.FromSeconds(behavior.Hangs ? 0.5 : 10)).SendAsync(Sink(server, protocol) with { Headers = Reference }, Metrics(5), Cancel);

        Assert.Equal((0, 5, id, cause), (shipment.Sent, shipment.Dropped, shipment.Failure?.Id, shipment.Failure?.Cause));
        Assert.DoesNotContain(Key, shipment.Failure!.ToString(), StringComparison.Ordinal);
        if (behavior.Message.Length > 0)
        {
            Assert.Contains(behavior.Message.Replace(Key, "***", StringComparison.Ordinal), shipment.Failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(behavior.Status is 429 or 503 ? 3 : 1, server.Requests);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_part_that_was_rejected_is_counted(OtlpProtocol protocol)
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        server.Behavior = new(Message: "too old") { Rejected = 3 };
        MetricShipment shipment = await Sender().SendAsync(Sink(server, protocol), [.. Metrics(300), DogStatsDTests.Plain("acode.falls", -1) with { Kind = MetricKind.Count }], Cancel);
        Assert.Equal((297, 4, "MetricSinkRejected"), (shipment.Sent, shipment.Dropped, shipment.Failure?.Id));
        Assert.Contains("rejected 3 of 300: \"too old\"", shipment.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf, 503)]
    [InlineData(OtlpProtocol.Grpc, 14)]
    public async Task A_receiver_that_asks_for_it_is_asked_again(OtlpProtocol protocol, int status)
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        server.Behavior = new(status) { Times = 2 };
        MetricShipment shipment = await Sender().SendAsync(Sink(server, protocol), Metrics(4), Cancel);
        Assert.Equal((4, 0, null, 3, 4), (shipment.Sent, shipment.Dropped, shipment.Failure, server.Requests, server.Points.Count));
    }

    [Fact]
    public async Task What_listens_not_or_speaks_the_other_protocol_is_told()
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        MetricShipment overHttp = await Sender().SendAsync(Sink(server, OtlpProtocol.HttpProtobuf) with { Endpoint = server.Grpc }, Metrics(1), Cancel);
        MetricShipment byGrpc = await Sender().SendAsync(Sink(server, OtlpProtocol.Grpc) with { Endpoint = server.Http }, Metrics(1), Cancel);
        MetricShipment encrypted = await Sender().SendAsync(Sink(server, OtlpProtocol.HttpProtobuf) with { Endpoint = new UriBuilder(server.Http) { Scheme = "https" }.Uri }, Metrics(1), Cancel);
        Uri gone = server.Http;
        await server.DisposeAsync();
        MetricShipment absent = await Sender().SendAsync(Sink(server, OtlpProtocol.HttpProtobuf, gone), Metrics(1), Cancel);

        Assert.Equal("MetricSinkTlsFailed", encrypted.Failure?.Id);
        Assert.Equal(("MetricSinkRefused", FailureClass.ConnectionRefused), (absent.Failure?.Id, absent.Failure?.Cause));
        Assert.All([overHttp, byGrpc], shipment => Assert.True(shipment is { Sent: 0, Dropped: 1, Failure.Id: "MetricSinkAnswersSomethingElse" or "MetricSinkUnreachable" or "MetricSinkRejected" }, $"{shipment} {shipment.Failure}"));
    }

    [Fact]
    public async Task Headers_come_from_their_credential_alone()
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        string[] variables = ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_RESOURCE_ATTRIBUTES"];
        try
        {
            Array.ForEach(variables, variable => Environment.SetEnvironmentVariable(variable, variable.EndsWith("ENDPOINT", StringComparison.Ordinal) ? "http://127.0.0.1:1" : "theirs=1"));
            MetricShipment shipment = await Sender("x-api-key = a=b%2Cc , authorization=Basic Zm9v").SendAsync(Sink(server, OtlpProtocol.HttpProtobuf) with { Headers = Reference }, Metrics(1), Cancel);
            Assert.Equal((1, null), (shipment.Sent, shipment.Failure));
            Environment.SetEnvironmentVariable("OTEL_SDK_DISABLED", "true");
            MetricShipment disabled = await Sender().SendAsync(Sink(server, OtlpProtocol.HttpProtobuf), Metrics(2), Cancel);
            Assert.Equal((0, 2, "MetricNotExported"), (disabled.Sent, disabled.Dropped, disabled.Failure?.Id));
            Environment.SetEnvironmentVariable("OTEL_SDK_DISABLED", null);
            Environment.SetEnvironmentVariable("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "perhaps");
            MetricShipment confused = await Sender().SendAsync(Sink(server, OtlpProtocol.HttpProtobuf), Metrics(2), Cancel);
            Assert.Equal((0, 2, "MetricNotExported"), (confused.Sent, confused.Dropped, confused.Failure?.Id));
        }
        finally
        {
            Array.ForEach([.. variables, "OTEL_SDK_DISABLED", "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"], variable => Environment.SetEnvironmentVariable(variable, null));
        }

        IReadOnlyDictionary<string, string> headers = Assert.Single(server.Headers);
        Assert.Equal(("a=b,c", "Basic Zm9v", false), (headers["x-api-key"], headers["authorization"], headers.ContainsKey("theirs")));
        Assert.False(server.Points[0].Resource.ContainsKey("theirs"));
        AcodeException invalid = await Assert.ThrowsAsync<AcodeException>(() => Sender($"{Key}").SendAsync(Sink(server, OtlpProtocol.Grpc) with { Headers = Reference }, Metrics(1), Cancel));
        Assert.Equal("MetricSinkHeadersInvalid", invalid.Id);
        Assert.DoesNotContain(Key, $"{invalid} {invalid.Advice}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dispatchers_limit_and_a_caller_who_gives_up_end_it_at_once()
    {
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        server.Behavior = new() { Hangs = true };
        MetricDispatcher dispatcher = new(Sender(), DogStatsDTests.TestEnvironment, TimeProvider.System) { SinkLimit = TimeSpan.FromSeconds(0.5) };
        MetricDelivery delivery = Assert.Single(await dispatcher.SendAsync(Metrics(3), [Sink(server, OtlpProtocol.Grpc)], Cancel));
        Assert.Equal((0, 3, "MetricSinkTimedOut"), (delivery.Sent, delivery.Dropped, delivery.ErrorId));
    }

    [Fact]
    public async Task A_receiver_that_is_not_our_own_takes_them()
    {
        await new PackageInstaller(_ => { }).InstallAsync(PackageTrees.VictoriaMetrics, Cancel);
        await using VictoriaMetricsServer server = await VictoriaMetricsServer.StartAsync((await lab.NewFolderAsync()).Path, Cancel);
        MetricSinkDefinition sink = new() { Name = "collector", Kind = MetricSinkKind.Otlp, Endpoint = server.Otlp };
        Metric[] registry = [.. MetricCatalog.All.Select((metric, i) => new Metric { Name = metric.Name, Kind = metric.Kind, Unit = metric.Unit, Value = i + 0.5, Tags = [.. metric.Tags.Select(tag => $"{tag}:one"), "env:test"] })];

        MetricShipment first = await Sender().SendAsync(sink, registry, Cancel);
        MetricShipment astray = await Sender().SendAsync(sink with { Endpoint = new Uri(server.Otlp, "/nowhere") }, registry, Cancel);

        Assert.Equal((registry.Length, 0, null), (first.Sent, first.Dropped, first.Failure));
        Assert.Equal((0, registry.Length), (astray.Sent, astray.Dropped));
        var series = await server.SeriesAsync(Cancel);
        for (int @try = 0; series.Count < registry.Length && @try < 200; @try++)
        {
            // What was taken is found a little later.
            await Task.Delay(50, Cancel);
            series = await server.SeriesAsync(Cancel);
        }

        foreach (Metric metric in registry)
        {
            (IReadOnlyDictionary<string, string> labels, IReadOnlyList<double> values) = Assert.Single(series, one => one.Labels["__name__"] == metric.Name);
            Assert.Equal([metric.Value!.Value], values);
            Assert.All(metric.Tags, tag => Assert.Equal(tag.Split(':')[1], labels[tag.Split(':')[0]]));
            Assert.Equal(("acodeops", "test"), (labels["service.name"], labels["deployment.environment.name"]));
        }
    }

    private static Metric[] Metrics(int count) => [.. Enumerable.Range(0, count).Select(i => DogStatsDTests.Plain($"acode.m{i}", i) with { Kind = i % 2 == 0 ? MetricKind.Count : MetricKind.Gauge })];

    private static MetricSender Sender(string? headers = null, TimeSpan? limit = null) => new("test", () => new HeldHeaders(headers ?? "")) { OtlpLimit = limit ?? TimeSpan.FromSeconds(10) };

    private static MetricSinkDefinition Sink(OtlpServer server, OtlpProtocol protocol, Uri? endpoint = null) =>
        new() { Name = "collector", Kind = MetricSinkKind.Otlp, Protocol = protocol, Endpoint = endpoint ?? (protocol == OtlpProtocol.Grpc ? server.Grpc : server.Http) };

    private sealed class HeldHeaders(string text) : ICredentialStore
    {
        public Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel) => Task.FromResult(new Credential { Reference = reference, Password = new SecretText(text) });

        public Task<Credential> RefreshAsync(CredentialReference reference, CancellationToken cancel) => ReadAsync(reference, cancel);

        public Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel) => throw new NotSupportedException();

        public void Forget(CredentialReference reference)
        {
        }
    }
}
