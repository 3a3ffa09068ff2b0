namespace AcodeOps;

/// <summary>What came of sending metrics to one sink.</summary>
public sealed record MetricDelivery
{
    /// <summary>The sink's name.</summary>
    public required string Sink { get; init; }

    /// <summary>What it is.</summary>
    public required MetricSinkKind Kind { get; init; }

    /// <summary>Metrics that left this process, or are in the file. A datagram has no receipt: whether an agent listened is only known where the machine says so.</summary>
    public required int Sent { get; init; }

    /// <summary>Metrics that certainly did not arrive.</summary>
    public required int Dropped { get; init; }

    /// <summary>Metrics without a value: not sent, as unknown is not 0.</summary>
    public required int Unknown { get; init; }

    /// <summary>Datagrams that were sent; null for a sink that takes none.</summary>
    public int? Datagrams { get; init; }

    /// <summary>The stable id of what failed: <c>MetricSinkRefused</c>; null when nothing did.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The class of the failure; null when nothing failed.</summary>
    public FailureClass? ErrorCause { get; init; }

    /// <summary>What failed, in a sentence; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about it; null where the error says all.</summary>
    public string? Advice { get; init; }

    /// <summary>The failure as scripts get it, of one sink among many; null when nothing failed.</summary>
    public AcodeException? ToFailure() => ErrorId is null ? null : new AcodeException(
        "MetricNotSent", ErrorCause ?? FailureClass.Unknown, $"{Dropped} metrics did not reach sink '{Sink}': {Error}")
    {
        Advice = Advice,
        Subject = this,
        IsFatal = false,
    };

    /// <inheritdoc />
    public override string ToString() => ErrorId is null ? $"{Sink}: {Sent} sent" : $"{Sink}: {Sent} sent, {Dropped} dropped ({ErrorId})";
}
