using AcodeOps.Adapters.Metrics.Otlp;
using AcodeOps.Metrics;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Metrics;

/// <summary>Sends metrics to whatever the sink is.</summary>
/// <param name="environment">The environment's name, where there is one.</param>
/// <param name="credentials">Hands out what sinks want to be told with each request; asked only where one does.</param>
internal sealed class MetricSender(string? environment = null, Func<ICredentialStore>? credentials = null) : IMetricSender
{
    /// <summary>The longest that a receiver of OTLP may take for one collection; 10 s unless said otherwise.</summary>
    public TimeSpan OtlpLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public Task<MetricShipment> SendAsync(MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, CancellationToken cancel) => sink.Kind switch
    {
        MetricSinkKind.DogStatsD => DogStatsDSink.SendAsync(sink, metrics, cancel),
        MetricSinkKind.Prometheus => PrometheusFile.WriteAsync(sink, metrics, cancel),
        MetricSinkKind.Otlp => SendByOtlpAsync(sink, metrics, cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(sink)),
    };

    private async Task<MetricShipment> SendByOtlpAsync(MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, CancellationToken cancel)
    {
        SecretText? headers = sink.Headers is { } reference ? (await (credentials ?? throw new InvalidOperationException("Nobody holds what the sink wants to be told."))().ReadAsync(reference, cancel).ConfigureAwait(false)).Password : null;
        return await OtlpSink.SendAsync(sink, metrics, environment, OtlpHeaders.Of(sink, headers), OtlpLimit, cancel).ConfigureAwait(false);
    }
}
