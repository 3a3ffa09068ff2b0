namespace AcodeOps;

/// <summary>What came of one notification on one channel.</summary>
public sealed record NotificationResult
{
    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    /// <summary>What speaks there.</summary>
    public required NotificationChannelKind Kind { get; init; }

    /// <summary>True when the channel has taken it.</summary>
    public required bool Delivered { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>The incident that it was about.</summary>
    public required string IncidentId { get; init; }

    /// <summary>The stable id of what failed: <c>NotificationThrottled</c>; null when delivered.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The class of the failure; null when delivered.</summary>
    public FailureClass? ErrorCause { get; init; }

    /// <summary>What failed, in a sentence without secrets; null when delivered.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about it; null where the error says all.</summary>
    public string? Advice { get; init; }

    /// <summary>The failure as scripts get it, of one item among many; null when delivered.</summary>
    public AcodeException? ToFailure() => Delivered ? null : new AcodeException(
        "NotificationNotDelivered", ErrorCause ?? FailureClass.Unknown, $"Channel '{Channel}' was not told: {Error}")
    {
        Advice = Advice,
        Subject = this,
        IsFatal = false,
    };

    /// <inheritdoc />
    public override string ToString() => Delivered ? $"{Channel}: delivered" : $"{Channel}: {ErrorId}";
}
