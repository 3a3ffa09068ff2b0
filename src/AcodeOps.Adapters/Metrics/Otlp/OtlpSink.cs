using AcodeOps.Metrics;

namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>
/// Sends metrics to a receiver of OTLP. Sent is what the receiver has taken by its own answer, and nothing else. Named here is nothing
/// of OpenTelemetry, so that its packages are only loaded where they are used.
/// </summary>
internal static class OtlpSink
{
    private const string Signal = "/v1/metrics";

    public static async Task<MetricShipment> SendAsync(
        MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, string? environment, IReadOnlyList<KeyValuePair<string, string>> headers, TimeSpan limit, CancellationToken cancel)
    {
        // A count that falls is no sum by the protocol.
        Metric[] fit = [.. metrics.Where(metric => metric.Kind != MetricKind.Count || metric.Value >= 0)];
        int unfit = metrics.Count - fit.Length;
        OtlpErrors errors = new(sink, headers, limit);
        if (fit.Length == 0)
        {
            return new MetricShipment(0, unfit) { Failure = errors.Falling(unfit) };
        }

        using OtlpWire wire = new(sink, headers, errors, limit, cancel);

        try
        {
            // The SDK waits for answers on the thread that it is called on.
            await Task.Run(() => OtlpExport.Run(sink, fit, environment, wire), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            // One of its own variables holds what it does not know.
            return new MetricShipment(0, metrics.Count) { Failure = errors.NotAsked() };
        }

        cancel.ThrowIfCancellationRequested();
        OtlpAnswer answer = wire.Answer ?? new OtlpAnswer(errors.NotAsked());
        if (!answer.IsAccepted)
        {
            return new MetricShipment(0, metrics.Count) { Failure = answer.Failure };
        }

        int rejected = (int)Math.Clamp(answer.Rejected, 0, fit.Length);
        return new MetricShipment(fit.Length - rejected, unfit + rejected)
        {
            Failure = rejected > 0 ? errors.Rejected(rejected, fit.Length, answer.Said) : unfit > 0 ? errors.Falling(unfit) : null,
        };
    }

    /// <summary>Where the metrics are posted.</summary>
    public static Uri Address(MetricSinkDefinition sink) => sink.Protocol == OtlpProtocol.Grpc || sink.Endpoint!.AbsolutePath.EndsWith(Signal, StringComparison.Ordinal)
        ? sink.Endpoint!
        : new UriBuilder(sink.Endpoint!) { Path = sink.Endpoint!.AbsolutePath.TrimEnd('/') + Signal }.Uri;
}
