using AcodeOps.Metrics;

namespace AcodeOps.Adapters.Metrics;

/// <summary>Sends metrics to whatever the sink is.</summary>
internal sealed class MetricSender : IMetricSender
{
    /// <inheritdoc />
    public Task<MetricShipment> SendAsync(MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, CancellationToken cancel) => sink.Kind switch
    {
        MetricSinkKind.DogStatsD => DogStatsDSink.SendAsync(sink, metrics, cancel),
        MetricSinkKind.Prometheus => PrometheusFile.WriteAsync(sink, metrics, cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(sink)),
    };
}
