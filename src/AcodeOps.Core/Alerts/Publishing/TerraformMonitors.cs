using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AcodeOps.Alerts.Queries;

namespace AcodeOps.Alerts.Publishing;

/// <summary>Monitors as resources <c>datadog_monitor</c> of Terraform, for who keeps Datadog by it.</summary>
public static class TerraformMonitors
{
    /// <summary>The document, one resource a rule.</summary>
    public static string Write(IReadOnlyList<DatadogMonitor> monitors, string environment)
    {
        ArgumentNullException.ThrowIfNull(monitors);
        StringBuilder text = new();
        foreach (DatadogMonitor monitor in monitors)
        {
            JsonObject body = monitor.Body, options = (JsonObject)body["options"]!;
            text.Append(text.Length == 0 ? "" : "\n")
                .Append(CultureInfo.InvariantCulture, $"resource \"datadog_monitor\" \"{Identifier($"acode_{environment}_{monitor.Rule}")}\" {{\n");
            foreach (string field in (string[])["name", "type", "query", "message"])
            {
                Line(field, Text((string)body[field]!));
            }

            Line("priority", body["priority"]!.ToString());
            foreach (string field in (string[])["include_tags", "notify_no_data", "no_data_timeframe", "require_full_window"])
            {
                if (options[field] is { } value)
                {
                    Line(field, value.ToJsonString());
                }
            }

            // Terraform has a state of its own, and Publish-AcodeAlertRule is to take these for foreign ones: two would set them right in turns.
            Line("tags", $"[{string.Join(", ", ((JsonArray)body["tags"]!).Select(tag => tag!.ToString()).Where(tag => tag != DatadogMonitor.OwnerTag && !tag.StartsWith("acode_content:", StringComparison.Ordinal)).Select(Text))}]");
            text.Append("\n  monitor_thresholds {\n    critical = ").Append(DatadogQuery.Number((double)options["thresholds"]!["critical"]!)).Append("\n  }\n}\n");
        }

        return text.ToString();

        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  {name,-19} = {value}\n");
    }

    private static string Identifier(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));

    // Source: the HCL native syntax specification, quoted templates.
    private static string Text(string text)
    {
        StringBuilder quoted = new("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool opensTemplate = c is '$' or '%' && i + 1 < text.Length && text[i + 1] == '{';
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ when opensTemplate => $"{c}{c}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
