using System.Text.Json.Nodes;

namespace AcodeOps.Metrics.Dashboards;

/// <summary>
/// Grafana's JSON model of a dashboard, over metrics as Prometheus names them. Where Prometheus is, whoever opens it chooses.
/// </summary>
internal static class GrafanaDashboard
{
    private const int SchemaVersion = 39;
    private const int Wide = 24;
    private const int PanelsBeside = 3;
    private const int High = 8;

    public static JsonObject Of(AcodeEnvironment environment, IReadOnlyList<DashboardPanel> panels) => new()
    {
        ["title"] = $"ACODE {environment.Name}",
        ["uid"] = null,
        ["description"] = "Written from the registry of metrics by Export-AcodeDashboard.",
        ["tags"] = new JsonArray("acode"),
        ["timezone"] = "browser",
        ["editable"] = true,
        ["graphTooltip"] = 1,
        ["schemaVersion"] = SchemaVersion,
        ["refresh"] = "5m",
        ["time"] = new JsonObject { ["from"] = "now-2d", ["to"] = "now" },
        ["templating"] = new JsonObject { ["list"] = new JsonArray(SourceChoice(), EnvironmentChoice(environment.Name)) },
        ["annotations"] = new JsonObject { ["list"] = new JsonArray() },
        ["panels"] = Panels(panels),
    };

    private static JsonArray Panels(IReadOnlyList<DashboardPanel> panels)
    {
        JsonArray all = [];
        int y = 0;
        foreach (IGrouping<MetricCategory, DashboardPanel> category in panels.GroupBy(panel => panel.Metric.Category).OrderBy(category => category.Key))
        {
            all.Add(new JsonObject { ["id"] = all.Count + 1, ["type"] = "row", ["title"] = category.Key.ToString(), ["collapsed"] = false, ["gridPos"] = Place(0, y++, Wide, 1), ["panels"] = new JsonArray() });
            DashboardPanel[] inside = [.. category];
            for (int i = 0; i < inside.Length; i++)
            {
                all.Add(Panel(all.Count + 1, inside[i], Place(i % PanelsBeside * (Wide / PanelsBeside), y + (i / PanelsBeside * High), Wide / PanelsBeside, High)));
            }

            y += (inside.Length + PanelsBeside - 1) / PanelsBeside * High;
        }

        return all;
    }

    private static JsonObject Panel(int id, DashboardPanel panel, JsonObject place)
    {
        MetricDefinition metric = panel.Metric;
        (string name, double factor) = PrometheusName.Of(metric.Name, metric.Kind, metric.Unit);
        bool isCount = metric.Kind == MetricKind.Count;
        JsonArray steps = [new JsonObject { ["color"] = "green", ["value"] = null }];
        if (panel.Objective is { } objective)
        {
            steps.Add(new JsonObject { ["color"] = "red", ["value"] = objective * factor });
        }

        return new JsonObject
        {
            ["id"] = id,
            ["type"] = "timeseries",
            ["title"] = metric.Name,
            ["description"] = $"{metric.Meaning}{(isCount ? " Shown by the hour." : "")}{(panel.Objective is null ? "" : $" The line is the objective {metric.Objective}.")}",
            ["datasource"] = Source(),
            ["gridPos"] = place,
            ["fieldConfig"] = new JsonObject
            {
                ["defaults"] = new JsonObject
                {
                    ["unit"] = UnitOf(metric, factor),
                    ["min"] = 0,
                    ["custom"] = new JsonObject
                    {
                        ["drawStyle"] = isCount ? "bars" : "line",
                        ["showPoints"] = "auto",
                        ["spanNulls"] = false,
                        ["thresholdsStyle"] = new JsonObject { ["mode"] = panel.Objective is null ? "off" : "line" },
                    },
                    ["thresholds"] = new JsonObject { ["mode"] = "absolute", ["steps"] = steps },
                },
                ["overrides"] = new JsonArray(),
            },
            ["options"] = new JsonObject
            {
                ["legend"] = new JsonObject { ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = true },
                ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" },
            },
            ["targets"] = new JsonArray(new JsonObject { ["refId"] = "A", ["datasource"] = Source(), ["expr"] = Query(metric, name), ["legendFormat"] = Legend(metric, name) }),
        };
    }

    // Several machines may write the same metric: the worst of a level, all of the counts.
    private static string Query(MetricDefinition metric, string name)
    {
        string by = metric.Tags.Count == 0 ? "" : $" by ({string.Join(", ", metric.Tags.Select(PrometheusName.Label))})";
        return metric.Kind == MetricKind.Count ? $"sum{by} (increase({name}{{env=~\"$env\"}}[1h]))" : $"max{by} ({name}{{env=~\"$env\"}})";
    }

    private static string Legend(MetricDefinition metric, string name) =>
        metric.Tags.Count == 0 ? name : string.Join(' ', metric.Tags.Select(tag => $"{{{{{PrometheusName.Label(tag)}}}}}"));

    private static string UnitOf(MetricDefinition metric, double factor) => metric.Unit switch
    {
        "s" or "min" or "h" or "d" when factor != 1 || metric.Unit == "s" => "s",
        "min" => "m",
        "h" or "d" or "bytes" => metric.Unit,
        _ => "short",
    };

    private static JsonObject Source() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };

    private static JsonObject SourceChoice() => new() { ["name"] = "datasource", ["label"] = "Prometheus", ["type"] = "datasource", ["query"] = "prometheus", ["hide"] = 0 };

    private static JsonObject EnvironmentChoice(string name) => new()
    {
        ["name"] = "env",
        ["label"] = "Environment",
        ["type"] = "query",
        ["datasource"] = Source(),
        ["query"] = "label_values(acode_metrics_collections_total, env)",
        ["refresh"] = 2,
        ["hide"] = 0,
        ["current"] = new JsonObject { ["text"] = name, ["value"] = name },
    };

    private static JsonObject Place(int x, int y, int w, int h) => new() { ["x"] = x, ["y"] = y, ["w"] = w, ["h"] = h };
}
