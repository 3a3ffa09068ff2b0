using System.Text.Json.Nodes;
using AcodeOps.Alerts;
using AcodeOps.Alerts.Publishing;

namespace AcodeOps.Core.Tests.Alerts;

/// <summary>Rules as documents for other tools.</summary>
public sealed class AlertDocumentTests
{
    private static readonly AcodeEnvironment Environment = TestInstallation.Definition;

    [Fact]
    public void The_same_rules_make_the_same_documents_and_none_is_left_out()
    {
        IReadOnlyList<AlertRule> rules = AlertCatalog.For(Environment);
        foreach (AlertFormat format in Enum.GetValues<AlertFormat>())
        {
            string text = AlertDocument.Write(rules, format, Environment);
            Assert.Equal(text, AlertDocument.Write(AlertCatalog.For(Environment), format, Environment));
            Assert.All(rules, rule => Assert.Contains(rule.Id, text, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(DatadogMonitor.OwnerTag, AlertDocument.Write(rules, AlertFormat.Terraform, Environment), StringComparison.Ordinal);
        var monitors = (JsonArray)JsonNode.Parse(AlertDocument.Write(rules, AlertFormat.Datadog, Environment))!;
        Assert.All(monitors.Zip(rules), one => Assert.Equal((one.Second.DatadogQuery, one.Second.Threshold), ((string)one.First!["query"]!, (double)one.First["options"]!["thresholds"]!["critical"]!)));
    }

    [Fact]
    public void Terraform_takes_no_text_for_a_template()
    {
        AlertRule rule = AlertCatalog.For(Environment)[0] with { Meaning = "a \"quoted\" \\ ${file(\"/etc/passwd\")} %{ if true } $5 100 %\nline" };

        string text = AlertDocument.Write([rule], AlertFormat.Terraform, Environment);

        Assert.Contains("a \\\"quoted\\\" \\\\ $${file(\\\"/etc/passwd\\\")} %%{ if true } $5 100 %\\nline", text, StringComparison.Ordinal);
    }
}
