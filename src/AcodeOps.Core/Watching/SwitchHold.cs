namespace AcodeOps;

/// <summary>Why a watch does not do by itself what would have to be done.</summary>
/// <param name="Id">The stable id: <c>SwitchNotAcknowledged</c>, <c>MaintenanceWindow</c>, <c>NotAnOutage</c>.</param>
/// <param name="Message">Why, in a sentence.</param>
/// <param name="Advice">What to do about it; null where that goes without saying.</param>
public sealed record SwitchHold(string Id, string Message, string? Advice)
{
    /// <summary>As a refusal says it.</summary>
    public static SwitchHold Of(AcodeException refusal) => new(refusal.Id, refusal.Message, refusal.Advice);

    /// <inheritdoc />
    public override string ToString() => $"{Id}: {Message}";
}
