namespace AcodeOps;

/// <summary>What speaks at the other end of a notification channel.</summary>
public enum NotificationChannelKind
{
    /// <summary>A Slack incoming webhook.</summary>
    Slack,

    /// <summary>A Microsoft Teams workflow that starts with a webhook request.</summary>
    Teams,

    /// <summary>PagerDuty's Events API v2.</summary>
    PagerDuty,

    /// <summary>Any server that takes the notification as JSON.</summary>
    Webhook,
}

/// <summary>One channel that notifications go to. It holds a reference to its secret, never the secret.</summary>
public sealed record NotificationDefinition
{
    /// <summary>Its name in the file: <c>oncall</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What speaks at the other end.</summary>
    public required NotificationChannelKind Kind { get; init; }

    /// <summary>
    /// Its address, where that is no secret: the events endpoint of PagerDuty (null for PagerDuty's own), or a webhook
    /// without a credential.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>Holds the webhook's address (Slack, Teams, webhook) or the routing key (PagerDuty); null only for a webhook with <see cref="Url"/>.</summary>
    public CredentialReference? Credential { get; init; }

    /// <summary>The least severity that is sent here; resolutions are always sent.</summary>
    public NotificationSeverity MinSeverity { get; init; } = NotificationSeverity.Warning;

    /// <inheritdoc />
    public override string ToString() => $"{Name} ({Kind})";
}
