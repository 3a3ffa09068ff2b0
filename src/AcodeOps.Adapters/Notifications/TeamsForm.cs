using System.Text;
using System.Text.Json.Nodes;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Notifications;

/// <summary>A Teams workflow: a message with one adaptive card, within the 28 KiB that Teams takes.</summary>
internal sealed class TeamsForm : ChannelForm
{
    private const int MaxTitle = 256;
    private const int MaxText = 4000;
    private const int MaxLines = 40;
    private const int MaxFactName = 128;
    private const int MaxFactValue = 1000;
    private const int MaxBytes = 26 * 1024;

    /// <inheritdoc />
    public override NotificationChannelKind Kind => NotificationChannelKind.Teams;

    /// <inheritdoc />
    public override JsonObject Body(Notification notification, SecretText? secret)
    {
        // Facts are what is dropped where not all has room.
        for (int facts = notification.Facts.Count; ; facts /= 2)
        {
            JsonObject body = Message(notification, facts);
            if (facts == 0 || Encoding.UTF8.GetByteCount(body.ToJsonString(HttpNotifier.Json)) <= MaxBytes)
            {
                return body;
            }
        }
    }

    private static JsonObject Message(Notification notification, int facts)
    {
        JsonArray parts = [Line(ChannelText.Cut(ChannelText.Title(notification), MaxTitle), ("size", "Large"), ("weight", "Bolder"), ("color", Color(notification)))];
        foreach (string line in ChannelText.Cut(notification.Text, MaxText).Split('\n', MaxLines, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            parts.Add(Line(line));
        }

        if (facts > 0)
        {
            parts.Add(new JsonObject
            {
                ["type"] = "FactSet",
                ["facts"] = new JsonArray([.. notification.Facts.Take(facts).Select(fact => new JsonObject
                {
                    ["title"] = ChannelText.Cut(fact.Name, MaxFactName),
                    ["value"] = ChannelText.Cut(fact.Value, MaxFactValue),
                })]),
            });
        }

        string left = facts < notification.Facts.Count ? $" · {notification.Facts.Count - facts} more facts" : "";
        parts.Add(Line(ChannelText.Origin(notification) + left, ("size", "Small")));
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["msteams"] = new JsonObject { ["width"] = "Full" },
                    ["body"] = parts,
                },
            }),
        };
    }

    // A run of text, not a TextBlock: that would read names such as backup_mysql as Markdown, and show hidden links.
    private static JsonObject Line(string text, params (string Name, string Value)[] style)
    {
        JsonObject run = new() { ["type"] = "TextRun", ["text"] = text };
        foreach ((string name, string value) in style)
        {
            run[name] = value;
        }

        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static string Color(Notification notification) => (notification.Phase, notification.Severity) switch
    {
        (NotificationPhase.Resolved, _) => "Good",
        (_, NotificationSeverity.Error or NotificationSeverity.Critical) => "Attention",
        (_, NotificationSeverity.Warning) => "Warning",
        _ => "Default",
    };
}
