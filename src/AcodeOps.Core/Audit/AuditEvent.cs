namespace AcodeOps.Audit;

/// <summary>What is to be written to the audit trail; who, where and when are added by the trail itself.</summary>
public sealed record AuditEvent
{
    /// <inheritdoc cref="AuditRecord.EventType"/>
    public required AuditEventType EventType { get; init; }

    /// <inheritdoc cref="AuditRecord.Phase"/>
    public AuditPhase Phase { get; init; }

    /// <inheritdoc cref="AuditRecord.Subject"/>
    public string? Subject { get; init; }

    /// <inheritdoc cref="AuditRecord.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="AuditRecord.Outcome"/>
    public string? Outcome { get; init; }

    /// <inheritdoc cref="AuditRecord.RunId"/>
    public string? RunId { get; init; }

    /// <summary>Facts of any shape; secrets among them are masked, unknown objects become their text.</summary>
    public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>();

    /// <summary>Further facts that a person handed in: recorded under allowed names only, as they may be of a person.</summary>
    public IReadOnlyDictionary<string, object?> GivenDetails { get; init; } = new Dictionary<string, object?>();
}
