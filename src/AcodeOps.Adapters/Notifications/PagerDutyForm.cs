using System.Text.Json.Nodes;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Notifications;

/// <summary>PagerDuty's Events API v2: the incident's id is what PagerDuty tells events of one incident by.</summary>
internal sealed class PagerDutyForm : ChannelForm
{
    private const int MaxKey = 255;
    private const int MaxSummary = 1024;

    // Together well below the 512 KiB that an event may have.
    private const int MaxFacts = 50;
    private const int MaxFactName = 128;
    private const int MaxFactValue = 1000;

    private static readonly Uri Events = new("https://events.pagerduty.com/v2/enqueue");

    /// <inheritdoc />
    public override NotificationChannelKind Kind => NotificationChannelKind.PagerDuty;

    /// <inheritdoc />
    public override Uri Address(NotificationDefinition channel, SecretText? secret) => channel.Url ?? Events;

    /// <inheritdoc />
    public override JsonObject Body(Notification notification, SecretText? secret)
    {
        string action = notification.Phase switch
        {
            NotificationPhase.Resolved => "resolve",
            NotificationPhase.Update => "acknowledge",
            _ => "trigger",
        };
        JsonObject body = new()
        {
            ["routing_key"] = secret?.Reveal().Trim(),
            ["event_action"] = action,
            ["dedup_key"] = ChannelText.Cut(notification.IncidentId, MaxKey),
        };

        // The other two change an incident that is known already: a payload would not be read.
        if (action == "trigger")
        {
            body["client"] = "AcodeOps";
            body["payload"] = Payload(notification);
        }

        return body;
    }

    private static JsonObject Payload(Notification notification)
    {
        JsonObject details = [];
        foreach (NotificationFact fact in notification.Facts.Take(MaxFacts))
        {
            details[ChannelText.Cut(fact.Name, MaxFactName)] = ChannelText.Cut(fact.Value, MaxFactValue);
        }

        if (notification.Text.Length > 0)
        {
            details["text"] = notification.Text;
        }

        if (notification.RunId is { } run)
        {
            details["run"] = run;
        }

        return new JsonObject
        {
            ["summary"] = ChannelText.Cut(notification.Title, MaxSummary),
            ["source"] = notification.Environment,
            ["severity"] = notification.Severity switch
            {
                NotificationSeverity.Critical => "critical",
                NotificationSeverity.Error => "error",
                NotificationSeverity.Warning => "warning",
                _ => "info",
            },
            ["timestamp"] = ChannelText.Time(notification.At),
            ["component"] = "ACODE",
            ["class"] = notification.Phase.ToString(),
            ["custom_details"] = details,
        };
    }
}
