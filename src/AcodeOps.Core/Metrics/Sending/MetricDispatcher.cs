namespace AcodeOps.Metrics;

/// <summary>
/// Sends metrics to many sinks at once. What a sink does wrong is told by its result and keeps no other from being sent to; a
/// metric without a value goes nowhere.
/// </summary>
public sealed class MetricDispatcher(IMetricSender sender, AcodeEnvironment environment, TimeProvider clock)
{
    /// <summary>The longest that one sink may take; 20 s unless said otherwise.</summary>
    public TimeSpan SinkLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The dispatcher of an installation.</summary>
    public static MetricDispatcher Of(IInstallation installation) => new(installation.MetricSender, installation.Environment, installation.Clock);

    /// <summary>Sends to all the sinks given, and returns when each has taken the metrics or was given up.</summary>
    /// <returns>A result for each sink, in their order.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; a sink's own time limit is a result.</exception>
    public async Task<IReadOnlyList<MetricDelivery>> SendAsync(IReadOnlyCollection<Metric> metrics, IReadOnlyList<MetricSinkDefinition> sinks, CancellationToken cancel)
    {
        Metric[] known = [.. metrics.Where(metric => metric.Value is { } value && double.IsFinite(value)).Select(metric => metric with { Tags = SentTags.Of(metric, environment) })];
        return await Task.WhenAll(sinks.Select(sink => SendToAsync(sink, known, metrics.Count - known.Length, cancel))).ConfigureAwait(false);
    }

    private async Task<MetricDelivery> SendToAsync(MetricSinkDefinition sink, Metric[] metrics, int unknown, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(SinkLimit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        MetricShipment shipment;
        try
        {
            shipment = metrics.Length == 0 ? new MetricShipment(0, 0) : await sender.SendAsync(sink, metrics, both.Token).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            shipment = new MetricShipment(0, metrics.Length) { Failure = failure };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            shipment = new MetricShipment(0, metrics.Length)
            {
                Failure = new AcodeException("MetricSinkTimedOut", FailureClass.Timeout, FormattableString.Invariant($"it did not take them within {SinkLimit.TotalSeconds:0.#} s.")),
            };
        }

        return new MetricDelivery
        {
            Sink = sink.Name,
            Kind = sink.Kind,
            Sent = shipment.Sent,
            Dropped = shipment.Dropped,
            Unknown = unknown,
            Datagrams = shipment.Datagrams,
            ErrorId = shipment.Failure?.Id,
            ErrorCause = shipment.Failure?.Cause,
            Error = shipment.Failure?.Message,
            Advice = shipment.Failure?.Advice,
        };
    }
}
