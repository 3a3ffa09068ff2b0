using System.Diagnostics.Metrics;
using AcodeOps.Metrics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>
/// One collection through OpenTelemetry's SDK: recorded, and exported once. What came of it the SDK tells nobody; the wire that it is
/// given does. Neither endpoint nor headers are taken from the SDK's own variables.
/// </summary>
internal static class OtlpExport
{
    /// <summary>Exports the metrics over the wire; returns when nothing waits in this process any more.</summary>
    public static void Run(MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, string? environment, OtlpWire wire)
    {
        string version = typeof(OtlpExport).Assembly.GetName().Version!.ToString(3);
        IGrouping<(string Name, MetricKind Kind, string Unit), Metric>[] families = [.. metrics.GroupBy(metric => (metric.Name, metric.Kind, metric.Unit))];
        using Meter meter = new("AcodeOps", version);
        using MeterProvider provider = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(version, environment))
            .AddMeter(meter.Name)
            .SetMaxMetricStreams(families.Length + 1)
            // The meters of other sinks that are sent to at the same time have the same name.
            .AddView(instrument => ReferenceEquals(instrument.Meter, meter) ? new MetricStreamConfiguration { CardinalityLimit = metrics.Count + 1 } : MetricStreamConfiguration.Drop)
            .AddReader(new BaseExportingMetricReader(new OtlpMetricExporter(Options(sink, wire))) { TemporalityPreference = MetricReaderTemporalityPreference.Delta })
            .Build();
        foreach (IGrouping<(string Name, MetricKind Kind, string Unit), Metric> family in families)
        {
            Action<double, KeyValuePair<string, object?>[]> record = Recorder(meter, family.Key.Name, family.Key.Kind, OtlpText.Unit(family.Key.Unit));
            foreach (Metric metric in family)
            {
                record(metric.Value!.Value, OtlpText.Attributes(metric.Tags));
            }
        }

        // It exports what was recorded, and once: after a flush it would do so again when it is disposed of.
        provider.Shutdown();
    }

    private static Action<double, KeyValuePair<string, object?>[]> Recorder(Meter meter, string name, MetricKind kind, string? unit)
    {
        string? meaning = MetricCatalog.Find(name)?.Meaning;
        if (kind == MetricKind.Count)
        {
            Counter<double> counter = meter.CreateCounter<double>(name, unit, meaning);
            return (value, tags) => counter.Add(value, tags);
        }

        Gauge<double> gauge = meter.CreateGauge<double>(name, unit, meaning);
        return (value, tags) => gauge.Record(value, tags);
    }

    private static ResourceBuilder Resource(string version, string? environment)
    {
        // No id of this process: each collection is another one, and its series are to go on.
        ResourceBuilder resource = ResourceBuilder.CreateEmpty()
            .AddTelemetrySdk()
            .AddService("acodeops", serviceVersion: version, autoGenerateServiceInstanceId: false)
            .AddAttributes([new("host.name", Environment.MachineName)]);
        return environment is null ? resource : resource.AddAttributes([new("deployment.environment.name", environment)]);
    }

    private static OtlpExporterOptions Options(MetricSinkDefinition sink, OtlpWire wire) => new()
    {
        Protocol = sink.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        Endpoint = OtlpSink.Address(sink),
        Headers = "",
        Compression = OtlpExportCompression.None,
        HttpClientFactory = () => new HttpClient(wire, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan },
    };
}
