using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Alerts.Queries;

namespace AcodeOps.Alerts.Publishing;

/// <summary>Alert rules as a document for other tools.</summary>
public static class AlertDocument
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The document.</summary>
    /// <param name="rules">The rules, in the order in which they are written.</param>
    /// <param name="format">What it is written in.</param>
    /// <param name="environment">Whose rules they are: who is told, and which tags monitors get.</param>
    public static string Write(IReadOnlyList<AlertRule> rules, AlertFormat format, AcodeEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(environment);
        if (format == AlertFormat.Prometheus)
        {
            return PrometheusRules.Of(rules);
        }

        DatadogMonitor[] monitors = [.. rules.Select(rule => DatadogMonitor.Of(rule, environment.Datadog?.Notify ?? [], environment.Metrics.Tags))];
        return format == AlertFormat.Terraform
            ? TerraformMonitors.Write(monitors, environment.Name)
            : new JsonArray([.. monitors.Select(monitor => monitor.Body.DeepClone())]).ToJsonString(Json).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>The name of its file.</summary>
    public static string FileName(AlertFormat format) => format switch
    {
        AlertFormat.Terraform => "acode-alerts.tf",
        AlertFormat.Prometheus => "acode-alerts.yml",
        _ => "acode-alerts.json",
    };
}
