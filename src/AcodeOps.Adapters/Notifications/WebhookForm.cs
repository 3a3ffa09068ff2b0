using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Notifications;

/// <summary>Any server: the notification as it is, with its phase in a header so that it can be routed unread.</summary>
internal sealed class WebhookForm : ChannelForm
{
    /// <inheritdoc />
    public override NotificationChannelKind Kind => NotificationChannelKind.Webhook;

    /// <inheritdoc />
    public override JsonObject Body(Notification notification, SecretText? secret) => new()
    {
        ["incidentId"] = notification.IncidentId,
        ["phase"] = Named(notification.Phase),
        ["severity"] = Named(notification.Severity),
        ["title"] = notification.Title,
        ["text"] = notification.Text,
        ["facts"] = new JsonArray([.. notification.Facts.Select(fact => new JsonObject { ["name"] = fact.Name, ["value"] = fact.Value })]),
        ["environment"] = notification.Environment,
        ["runId"] = notification.RunId,
        ["at"] = ChannelText.Time(notification.At),
    };

    /// <inheritdoc />
    public override (string Name, string Value)? Header(Notification notification) => ("X-AcodeOps-Event", Named(notification.Phase));

    private static string Named<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
