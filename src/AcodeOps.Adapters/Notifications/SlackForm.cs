using System.Text.Json.Nodes;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Notifications;

/// <summary>
/// A Slack incoming webhook: a text for notifications on small screens, and blocks for the rest. Slack refuses a message
/// with one block that is too long, so everything is cut to its limits.
/// </summary>
internal sealed class SlackForm : ChannelForm
{
    private const int MaxText = 3000;
    private const int MaxHeader = 150;
    private const int MaxSection = 3000;
    private const int MaxField = 2000;
    private const int MaxFieldName = 200;
    private const int FieldsPerSection = 10;
    private const int MaxFacts = 40;

    /// <inheritdoc />
    public override NotificationChannelKind Kind => NotificationChannelKind.Slack;

    /// <inheritdoc />
    public override JsonObject Body(Notification notification, SecretText? secret)
    {
        string title = ChannelText.Title(notification);
        JsonArray blocks =
        [
            new JsonObject
            {
                ["type"] = "header",
                ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = ChannelText.Cut(title, MaxHeader), ["emoji"] = false },
            },
        ];
        if (notification.Text.Trim().Length > 0)
        {
            blocks.Add(new JsonObject { ["type"] = "section", ["text"] = Marked(Escaped(notification.Text, MaxSection)) });
        }

        foreach (NotificationFact[] facts in notification.Facts.Take(MaxFacts).Chunk(FieldsPerSection))
        {
            blocks.Add(new JsonObject { ["type"] = "section", ["fields"] = new JsonArray([.. facts.Select(Field)]) });
        }

        string left = notification.Facts.Count > MaxFacts ? $" · {notification.Facts.Count - MaxFacts} more facts" : "";
        blocks.Add(new JsonObject
        {
            ["type"] = "context",
            ["elements"] = new JsonArray(Marked(Escaped(ChannelText.Origin(notification) + left, MaxField))),
        });
        return new JsonObject { ["text"] = Escaped($"[{notification.Severity}] {title}", MaxText), ["blocks"] = blocks };
    }

    private static JsonNode Field(NotificationFact fact)
    {
        string name = Escaped(fact.Name, MaxFieldName);
        return Marked($"*{name}*\n{Escaped(fact.Value, MaxField - name.Length - 3)}");
    }

    private static JsonObject Marked(string text) => new() { ["type"] = "mrkdwn", ["text"] = text };

    // Cut before it is escaped, or the cut could leave half an escape; then again, as escapes take more room. What is
    // escaped cannot call people (<!channel>) or hide where a link leads.
    private static string Escaped(string text, int limit)
    {
        for (int room = limit; ; room -= Math.Max(1, room / 8))
        {
            string escaped = ChannelText.Cut(text, room)
                .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
            if (escaped.Length <= limit)
            {
                return escaped;
            }
        }
    }
}
