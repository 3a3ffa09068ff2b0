namespace AcodeOps.Metrics;

/// <summary>Carries metrics to one sink. Safe for concurrent use.</summary>
public interface IMetricSender
{
    /// <summary>Sends them all, and returns when nothing of it waits in this process any more.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="metrics">What; each has a value.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="AcodeException">The sink could not be reached, or took nothing.</exception>
    Task<MetricShipment> SendAsync(MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, CancellationToken cancel);
}

/// <summary>What a sink took.</summary>
/// <param name="Sent">Metrics that left this process, or are in the file.</param>
/// <param name="Dropped">Metrics that certainly did not arrive.</param>
public sealed record MetricShipment(int Sent, int Dropped)
{
    /// <summary>Datagrams that were sent; null where there are none.</summary>
    public int? Datagrams { get; init; }

    /// <summary>Why metrics were dropped; null when none was.</summary>
    public AcodeException? Failure { get; init; }
}
