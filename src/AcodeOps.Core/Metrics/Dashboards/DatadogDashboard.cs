using System.Globalization;
using System.Text.Json.Nodes;

namespace AcodeOps.Metrics.Dashboards;

/// <summary>A dashboard as Datadog's API takes it, a group of widgets for each category.</summary>
internal static class DatadogDashboard
{
    public static JsonObject Of(AcodeEnvironment environment, IReadOnlyList<DashboardPanel> panels) => new()
    {
        ["title"] = $"ACODE {environment.Name}",
        ["description"] = "Written from the registry of metrics by Export-AcodeDashboard.",
        ["layout_type"] = "ordered",
        ["template_variables"] = new JsonArray(new JsonObject { ["name"] = "env", ["prefix"] = "env", ["defaults"] = new JsonArray(environment.Name) }),
        ["widgets"] = new JsonArray(
        [
            .. panels.GroupBy(panel => panel.Metric.Category).OrderBy(category => category.Key).Select(category => (JsonNode)new JsonObject
            {
                ["definition"] = new JsonObject
                {
                    ["type"] = "group",
                    ["layout_type"] = "ordered",
                    ["title"] = category.Key.ToString(),
                    ["widgets"] = new JsonArray([.. category.Select(panel => (JsonNode)new JsonObject { ["definition"] = Widget(panel) })]),
                },
            }),
        ]),
    };

    private static JsonObject Widget(DashboardPanel panel)
    {
        MetricDefinition metric = panel.Metric;
        JsonObject widget = new()
        {
            ["type"] = "timeseries",
            ["title"] = $"{metric.Name}{(metric.Unit.Length == 0 ? "" : $" ({metric.Unit})")}",
            ["description"] = metric.Meaning,
            ["show_legend"] = true,
            ["legend_layout"] = "auto",
            ["yaxis"] = new JsonObject { ["min"] = "0", ["include_zero"] = true },
            ["requests"] = new JsonArray(new JsonObject
            {
                ["response_format"] = "timeseries",
                ["display_type"] = metric.Kind == MetricKind.Count ? "bars" : "line",
                ["queries"] = new JsonArray(new JsonObject { ["data_source"] = "metrics", ["name"] = "a", ["query"] = Query(metric) }),
                ["formulas"] = new JsonArray(new JsonObject { ["formula"] = "a" }),
            }),
        };
        if (panel.Objective is { } objective)
        {
            widget["markers"] = new JsonArray(new JsonObject
            {
                ["value"] = string.Create(CultureInfo.InvariantCulture, $"y = {objective:0.####}"),
                ["display_type"] = "error dashed",
                ["label"] = metric.Objective,
            });
        }

        return widget;
    }

    // Several machines may send the same metric: the worst of a level, all of the counts.
    private static string Query(MetricDefinition metric)
    {
        string by = metric.Tags.Count == 0 ? "" : $" by {{{string.Join(',', metric.Tags)}}}";
        return metric.Kind == MetricKind.Count ? $"sum:{metric.Name}{{$env}}{by}.as_count()" : $"max:{metric.Name}{{$env}}{by}";
    }
}
