using System.Text;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Notifications;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Notifications;

/// <summary>The bodies that the channels get, and that no text makes them too long.</summary>
public sealed class ChannelFormTests
{
    private static readonly SecretText Key = new("0123456789abcdef0123456789abcdef");

    [Fact]
    public void Slack_gets_a_text_and_blocks_that_call_nobody() => AssertBody(NotificationChannelKind.Slack, News(), """
        {
          "text": "[Error] Opened: The primary &amp; its &lt;!channel&gt;",
          "blocks": [
            { "type": "header", "text": { "type": "plain_text", "text": "Opened: The primary & its <!channel>", "emoji": false } },
            { "type": "section", "text": { "type": "mrkdwn", "text": "Connection refused.\nCall the partner." } },
            { "type": "section", "fields": [{ "type": "mrkdwn", "text": "*Target*\nprimary" }, { "type": "mrkdwn", "text": "*Lag*\n&gt; 300 s" }] },
            { "type": "context", "elements": [{ "type": "mrkdwn", "text": "production · Error · incident 01INCIDENT · run 01RUN · 2026-03-01T03:00:00Z" }] }
          ]
        }
        """);

    [Fact]
    public void Teams_gets_a_message_with_a_card_of_literal_text() => AssertBody(NotificationChannelKind.Teams, News(), """
        {
          "type": "message",
          "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
              "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
              "type": "AdaptiveCard",
              "version": "1.4",
              "msteams": { "width": "Full" },
              "body": [
                { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "Opened: The primary & its <!channel>", "size": "Large", "weight": "Bolder", "color": "Attention" }] },
                { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "Connection refused." }] },
                { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "Call the partner." }] },
                { "type": "FactSet", "facts": [{ "title": "Target", "value": "primary" }, { "title": "Lag", "value": "> 300 s" }] },
                { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "production · Error · incident 01INCIDENT · run 01RUN · 2026-03-01T03:00:00Z", "size": "Small" }] }
              ]
            }
          }]
        }
        """);

    [Fact]
    public void PagerDuty_gets_an_event_of_the_incident() => AssertBody(NotificationChannelKind.PagerDuty, News(), """
        {
          "routing_key": "0123456789abcdef0123456789abcdef",
          "event_action": "trigger",
          "dedup_key": "01INCIDENT",
          "client": "AcodeOps",
          "payload": {
            "summary": "The primary & its <!channel>",
            "source": "production",
            "severity": "error",
            "timestamp": "2026-03-01T03:00:00Z",
            "component": "ACODE",
            "class": "Opened",
            "custom_details": { "Target": "primary", "Lag": "> 300 s", "text": "Connection refused.\nCall the partner.", "run": "01RUN" }
          }
        }
        """);

    [Theory]
    [InlineData(NotificationPhase.Resolved, "resolve")]
    [InlineData(NotificationPhase.Update, "acknowledge")]
    public void PagerDuty_is_told_no_more_than_the_key_of_an_incident_that_it_knows(NotificationPhase phase, string action) =>
        AssertBody(NotificationChannelKind.PagerDuty, News() with { Phase = phase }, $$"""
            { "routing_key": "0123456789abcdef0123456789abcdef", "event_action": "{{action}}", "dedup_key": "01INCIDENT" }
            """);

    [Theory]
    [InlineData(NotificationSeverity.Information, "info")]
    [InlineData(NotificationSeverity.Warning, "warning")]
    [InlineData(NotificationSeverity.Error, "error")]
    [InlineData(NotificationSeverity.Critical, "critical")]
    public void PagerDuty_has_its_own_words_for_severities(NotificationSeverity severity, string word) =>
        Assert.Equal(word, (string?)Body(NotificationChannelKind.PagerDuty, News() with { Severity = severity, Phase = NotificationPhase.Failed })["payload"]!["severity"]);

    [Fact]
    public void A_webhook_gets_the_notification_as_it_is() => AssertBody(NotificationChannelKind.Webhook, News(), """
        {
          "incidentId": "01INCIDENT",
          "phase": "opened",
          "severity": "error",
          "title": "The primary & its <!channel>",
          "text": "Connection refused.\nCall the partner.",
          "facts": [{ "name": "Target", "value": "primary" }, { "name": "Lag", "value": "> 300 s" }],
          "environment": "production",
          "runId": "01RUN",
          "at": "2026-03-01T03:00:00Z"
        }
        """);

    [Theory]
    [InlineData("a")]
    [InlineData("&")]
    [InlineData("é")]
    [InlineData("😀")]
    [InlineData("\n")]
    [InlineData("\"\u0001")]
    public void No_text_is_too_long_for_Slack_Teams_and_PagerDuty(string unit)
    {
        string Long(int length) => "x" + string.Concat(Enumerable.Repeat(unit, length / unit.Length));
        Notification news = News() with
        {
            IncidentId = Long(400),
            Title = Long(4096),
            Text = Long(4096),
            Facts = [.. Enumerable.Range(0, 100).Select(i => new NotificationFact($"{i} {Long(4096)}", Long(4096)))],
        };

        JsonObject slack = Body(NotificationChannelKind.Slack, news);
        JsonArray blocks = slack["blocks"]!.AsArray();
        Assert.InRange(blocks.Count, 3, 50);
        Assert.All(blocks, b => Assert.InRange(b!["fields"]?.AsArray().Count ?? 1, 1, 10));
        Assert.InRange(Text(blocks[0]!["text"]).Length, 1, 150);
        Assert.InRange(Text(blocks[1]!["text"]).Length, 1, 3000);
        Assert.All(blocks.SelectMany(b => b!["fields"]?.AsArray() ?? []), f => Assert.InRange(Text(f).Length, 1, 2000));
        Assert.EndsWith("60 more facts", Text(blocks[^1]!["elements"]![0]), StringComparison.Ordinal);
        Assert.InRange(Text(slack).Length, 1, 4000);

        Assert.InRange(Encoding.UTF8.GetByteCount(Body(NotificationChannelKind.Teams, news).ToJsonString(HttpNotifier.Json)), 1, 28 * 1024);

        JsonObject page = Body(NotificationChannelKind.PagerDuty, news);
        Assert.InRange(((string)page["payload"]!["summary"]!).Length, 1, 1024);
        Assert.InRange(((string)page["dedup_key"]!).Length, 1, 255);
        Assert.InRange(Encoding.UTF8.GetByteCount(page.ToJsonString(HttpNotifier.Json)), 1, 512 * 1024);
    }

    [Fact]
    public void A_cut_leaves_no_half_character()
    {
        Assert.Equal("abc", ChannelText.Cut("abc", 3));
        Assert.Equal("ab…", ChannelText.Cut("abcd", 3));
        Assert.Equal("a…", ChannelText.Cut("a😀😀", 3));
    }

    [Fact]
    public void A_message_without_text_and_facts_has_no_empty_block()
    {
        Notification bare = News() with { Text = "", Facts = [] };
        Assert.Equal(["header", "context"], Body(NotificationChannelKind.Slack, bare)["blocks"]!.AsArray().Select(b => (string?)b!["type"]));
        Assert.Equal(2, Body(NotificationChannelKind.Teams, bare)["attachments"]![0]!["content"]!["body"]!.AsArray().Count);
    }

    internal static Notification News() => new()
    {
        IncidentId = "01INCIDENT",
        Severity = NotificationSeverity.Error,
        Phase = NotificationPhase.Opened,
        Title = "The primary & its <!channel>",
        Text = "Connection refused.\nCall the partner.",
        Facts = [new("Target", "primary"), new("Lag", "> 300 s")],
        Environment = "production",
        RunId = "01RUN",
        At = new(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(-3)),
    };

    private static JsonObject Body(NotificationChannelKind kind, Notification news) => ChannelForms.Of(kind).Body(news, Key);

    private static string Text(JsonNode? node) => (string)node!["text"]!;

    private static void AssertBody(NotificationChannelKind kind, Notification news, string expected)
    {
        JsonObject body = Body(kind, news);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), body), body.ToJsonString(HttpNotifier.Json));
    }
}
