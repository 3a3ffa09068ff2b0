namespace AcodeOps.Audit;

/// <summary>Which records are asked for.</summary>
/// <param name="From">The first instant, included.</param>
/// <param name="To">The last instant, excluded.</param>
/// <param name="EventTypes">The types; empty for all.</param>
public sealed record AuditQuery(DateTimeOffset From, DateTimeOffset To, IReadOnlyCollection<AuditEventType> EventTypes)
{
    internal DateOnly FirstDay => DateOnly.FromDateTime(From.UtcDateTime);

    internal DateOnly LastDay => DateOnly.FromDateTime(To.UtcDateTime);

    internal bool Includes(AuditKey key) =>
        // A key tells its second only.
        key.At.AddSeconds(1) > From && key.At < To && (EventTypes.Count == 0 || EventTypes.Any(type => AuditKey.NameOf(type) == key.EventName));

    // A record tells its millisecond only: one that was written right after From must not seem to lie before it.
    internal bool Includes(AuditRecord record) => record.At.AddMilliseconds(1) > From && record.At < To;
}
