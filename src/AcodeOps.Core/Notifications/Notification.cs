using AcodeOps.Audit;

namespace AcodeOps;

/// <summary>What people are to be told of an incident, whatever channel it goes by.</summary>
public sealed record Notification
{
    /// <summary>The incident: notifications with the same id belong together. Up to 255 characters are told to PagerDuty.</summary>
    public required string IncidentId { get; init; }

    /// <summary>How much it matters.</summary>
    public required NotificationSeverity Severity { get; init; }

    /// <summary>Where the incident stands.</summary>
    public required NotificationPhase Phase { get; init; }

    /// <summary>What happened, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be known besides: sentences; empty for nothing.</summary>
    public string Text { get; init; } = "";

    /// <summary>Single facts, in order.</summary>
    public IReadOnlyList<NotificationFact> Facts { get; init => field = value.ToArray(); } = [];

    /// <summary>The name of the environment that it comes from.</summary>
    public required string Environment { get; init; }

    /// <summary>The run that it belongs to; null for none.</summary>
    public string? RunId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The notification with all secrets masked that are known by their name or form.</summary>
    public Notification Cleaned() => this with
    {
        IncidentId = AuditDetails.Clean(IncidentId)!,
        Title = AuditDetails.Clean(Title)!,
        Text = AuditDetails.Clean(Text)!,
        Facts = [.. Facts.Select(fact => fact.Cleaned())],
        Environment = AuditDetails.Clean(Environment)!,
        RunId = AuditDetails.Clean(RunId),
    };

    /// <inheritdoc />
    public override string ToString() => $"{Severity} {Phase}: {Title}";
}
