using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AcodeOps.Metrics;
using AcodeOps.Metrics.Dashboards;

namespace AcodeOps.Core.Tests.Metrics;

/// <summary>A dashboard has every metric of the registry once, in the words of whoever shows it, and the objectives as lines.</summary>
public sealed partial class DashboardTests
{
    private static readonly AcodeEnvironment Environment = TestInstallation.Definition with { Objectives = new Objectives { FreshnessHours = 30, DrillDays = 10 } };

    [Fact]
    public void Grafana_gets_every_metric_by_the_names_of_Prometheus()
    {
        JsonObject dashboard = Parse(DashboardKind.Grafana);
        JsonObject[] panels = [.. dashboard["panels"]!.AsArray().Select(panel => panel!.AsObject())];
        Assert.Equal(["Business", "Technical", "Health"], panels.Where(panel => $"{panel["type"]}" == "row").Select(panel => $"{panel["title"]}"));
        JsonObject[] series = [.. panels.Where(panel => $"{panel["type"]}" == "timeseries")];
        Assert.Equal(MetricCatalog.All.Select(metric => metric.Name), series.Select(panel => $"{panel["title"]}"));
        Assert.Equal(Enumerable.Range(1, panels.Length), panels.Select(panel => (int)panel["id"]!));
        Assert.Equal(panels.Length, panels.Select(panel => (X: (int)panel["gridPos"]!["x"]!, Y: (int)panel["gridPos"]!["y"]!)).Distinct().Count());
        Assert.All(panels, panel => Assert.True((int)panel["gridPos"]!["x"]! + (int)panel["gridPos"]!["w"]! <= 24));
        foreach ((MetricDefinition metric, JsonObject panel) in MetricCatalog.All.Zip(series))
        {
            string query = $"{panel["targets"]![0]!["expr"]}", name = PrometheusName.Of(metric.Name, metric.Kind, metric.Unit).Name;
            Assert.Contains($"{name}{{env=~\"$env\"}}", query, StringComparison.Ordinal);
            Assert.Matches(PromQl(), query);
            Assert.StartsWith(metric.Meaning, $"{panel["description"]}", StringComparison.Ordinal);
        }

        Assert.Equal(("s", 108_000.0), LineOf(series, "acode.data_freshness_hours"));
        Assert.Equal(("s", 864_000.0), LineOf(series, "acode.drill_age_days"));
        Assert.Equal(("s", 300.0), LineOf(series, "acode.replication_lag_seconds"));
        Assert.Equal(("bytes", null), LineOf(series, "acode.s3_total_size_bytes"));
        Assert.Equal(("short", null), LineOf(series, "acode.daily_records"));
    }

    [Fact]
    public void Datadog_gets_every_metric_by_its_own_name()
    {
        JsonObject dashboard = Parse(DashboardKind.Datadog);
        JsonObject[] groups = [.. dashboard["widgets"]!.AsArray().Select(widget => widget!["definition"]!.AsObject())];
        Assert.Equal(["Business", "Technical", "Health"], groups.Select(group => $"{group["title"]}"));
        JsonObject[] widgets = [.. groups.SelectMany(group => group["widgets"]!.AsArray()).Select(widget => widget!["definition"]!.AsObject())];
        Assert.Equal(MetricCatalog.All.Count, widgets.Length);
        foreach ((MetricDefinition metric, JsonObject widget) in MetricCatalog.All.Zip(widgets))
        {
            Assert.Equal(($"{metric.Name}{(metric.Unit.Length == 0 ? "" : $" ({metric.Unit})")}", metric.Meaning), ($"{widget["title"]}", $"{widget["description"]}"));
            Assert.Matches(DatadogQuery(), $"{widget["requests"]![0]!["queries"]![0]!["query"]}");
        }

        Assert.Equal(
            ["y = 30 freshnessHours", "y = 1.25 freshnessHours", "y = 10 drillDays", "y = 300 lagSeconds", "y = 30 freshnessHours", "y = 180 syncMinutes", "y = 180 syncMinutes"],
            widgets.Where(widget => widget["markers"] is not null).Select(widget => $"{widget["markers"]![0]!["value"]} {widget["markers"]![0]!["label"]}"));
        Assert.Equal(Environment.Name, $"{dashboard["template_variables"]![0]!["defaults"]![0]}");
    }

    [Theory]
    [InlineData(DashboardKind.Grafana)]
    [InlineData(DashboardKind.Datadog)]
    public void The_same_environment_gives_the_same_text(DashboardKind kind)
    {
        string text = Dashboard.Of(kind, Environment, MetricCatalog.All);
        Assert.Equal(text, Dashboard.Of(kind, Environment with { Description = "other" }, MetricCatalog.All));
        Assert.DoesNotContain('\r', text);
    }

    private static (string Unit, double? Line) LineOf(JsonObject[] panels, string name)
    {
        JsonNode defaults = panels.Single(panel => $"{panel["title"]}" == name)["fieldConfig"]!["defaults"]!;
        return ($"{defaults["unit"]}", (double?)defaults["thresholds"]!["steps"]!.AsArray().Last()!["value"]);
    }

    private static JsonObject Parse(DashboardKind kind) => JsonNode.Parse(Dashboard.Of(kind, Environment, MetricCatalog.All))!.AsObject();

    [GeneratedRegex(@"\A(max|sum)( by \([a-z_]+(, [a-z_]+)*\))? \((increase\()?[a-z_][a-z0-9_]*\{env=~""\$env""\}(\[1h\]\))?\)\z")]
    private static partial Regex PromQl();

    [GeneratedRegex(@"\A(max:[a-z0-9_.]+\{\$env\}( by \{[a-z_,]+\})?|sum:[a-z0-9_.]+\{\$env\}( by \{[a-z_,]+\})?\.as_count\(\))\z")]
    private static partial Regex DatadogQuery();
}
