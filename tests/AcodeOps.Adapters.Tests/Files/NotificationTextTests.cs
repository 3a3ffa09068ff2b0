using AcodeOps.Environments;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>The notification channels of an environment file.</summary>
public sealed class NotificationTextTests
{
    private const string Canary = "Canary0f7TheCellar";

    [Fact]
    public void All_kinds_are_read_in_the_order_of_the_file()
    {
        EnvironmentFile file = YamlText.Judge(With("""
                  team: { kind: slack, credential: "secretsmanager:acode/notify/slack" }
                  boss: { kind: teams, credential: env:TEAMS_URL, minSeverity: critical }
                  oncall: { kind: pagerDuty, credential: env:PD_KEY, minSeverity: error }
                  europe: { kind: pagerDuty, credential: env:PD_KEY, url: "https://events.eu.pagerduty.com/v2/enqueue" }
                  tickets: { kind: webhook, url: "http://tickets.internal/hook", minSeverity: information }
                  hidden: { kind: webhook, credential: env:HOOK }
            """));

        Assert.DoesNotContain(file.Findings, f => f.Severity == FindingSeverity.Error);
        Assert.Equal(
            [
                "team (Slack) Warning secretsmanager:acode/notify/slack ",
                "boss (Teams) Critical env:TEAMS_URL ",
                "oncall (PagerDuty) Error env:PD_KEY ",
                "europe (PagerDuty) Warning env:PD_KEY https://events.eu.pagerduty.com/v2/enqueue",
                "tickets (Webhook) Information  http://tickets.internal/hook",
                "hidden (Webhook) Warning env:HOOK ",
            ],
            file.Choose().Notifications.Select(c => $"{c} {c.MinSeverity} {c.Credential} {c.Url}"));
    }

    [Fact]
    public void Without_the_section_there_is_no_channel() => Assert.Empty(YamlText.Judge(YamlText.Smallest).Choose().Notifications);

    [Theory]
    [InlineData("team: { credential: env:X }", "MissingKey", "team.kind")]
    [InlineData("team: { kind: slack }", "MissingKey", "team.credential")]
    [InlineData("team: { kind: pagerDuty, url: \"https://events.eu.pagerduty.com/v2/enqueue\" }", "MissingKey", "team.credential")]
    [InlineData("team: { kind: webhook }", "MissingKey", "team.credential")]
    [InlineData("team: { kind: slak, credential: env:X }", "InvalidValue", "team.kind")]
    [InlineData("team: { kind: slack, credential: env:X, minSeverity: fatal }", "InvalidValue", "team.minSeverity")]
    [InlineData("team: { kind: slack, credential: env:X, minSeverty: error }", "UnknownKey", "team.minSeverty")]
    [InlineData("team: { kind: slack, credential: \"profile:x\" }", "InvalidValue", "team.credential")]
    [InlineData("team: { kind: webhook, credential: env:X, url: \"https://a.example.com/\" }", "InvalidValue", "team.url")]
    [InlineData("team: { kind: slack, credential: env:X, url: \"https://a.example.com/\" }", "LiteralSecret", "team.url")]
    [InlineData("\"the team\": { kind: slack, credential: env:X }", "InvalidValue", "the team")]
    [InlineData("team: slack", "WrongType", "team")]
    public void What_is_wrong_is_found_where_it_is(string channel, string rule, string target)
    {
        Finding error = Assert.Single(YamlText.Errors(With("      " + channel)));
        Assert.Equal((rule, $"environments.production.notifications.{target}"), (error.Rule, error.Target));
    }

    [Theory]
    [InlineData($"kind: slack, credential: \"https://hooks.slack.com/services/T0/B0/{Canary}\"")]
    [InlineData($"kind: slack, credential: env:X, url: \"https://hooks.slack.com/services/T0/B0/{Canary}\"")]
    [InlineData($"kind: webhook, url: \"https://hooks.slack.com/services/T0/B0/{Canary}\"")]
    [InlineData($"kind: webhook, url: \"https://x.webhook.office.com/webhookb2/{Canary}\"")]
    [InlineData($"kind: webhook, url: \"https://logic.example.com/run?sig={Canary}\"")]
    [InlineData($"kind: pagerDuty, credential: {Canary}")]
    [InlineData($"kind: pagerDuty, credential: env:X, token: {Canary}")]
    public void An_address_or_a_key_in_the_file_is_refused_and_not_repeated(string channel)
    {
        Finding[] findings = [.. YamlText.Judge(With($"      team: {{ {channel} }}")).Findings];
        Assert.Contains(findings, f => f is { Rule: "LiteralSecret", Severity: FindingSeverity.Error });
        Assert.All(findings, f => Assert.DoesNotContain(Canary, $"{f} {f.Current} {f.Proposed} {f.Evidence} {f.Remedy} {f.Target}", StringComparison.OrdinalIgnoreCase));
    }

    private static string With(string channels) => $"{YamlText.Smallest}\n    notifications:\n{channels}\n";
}
