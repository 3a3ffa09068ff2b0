using System.Globalization;
using System.Text;
using AcodeOps.Alerts;
using AcodeOps.Alerts.Outages;
using AcodeOps.Metrics;

namespace AcodeOps.Core.Tests.Alerts;

/// <summary>The catalogue holds together, its thresholds are those of the environment, and the documentation says what it says.</summary>
public sealed class AlertCatalogTests
{
    [Fact]
    public void Each_rule_says_what_it_is_and_looks_at_metrics_of_the_registry()
    {
        IReadOnlyList<AlertRule> rules = AlertCatalog.For(AlertEnvironments.Whole);
        Assert.Equal(AlertCatalog.All.Count, rules.Count);
        Assert.Equal(rules.Count, rules.Select(rule => rule.Id).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.Matches(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", rule.Id);
            Assert.EndsWith(".", rule.Meaning, StringComparison.Ordinal);
            Assert.EndsWith(".", rule.Advice, StringComparison.Ordinal);
            Assert.All(rule.Condition.Terms, term =>
            {
                MetricDefinition metric = MetricCatalog.Find(term.Metric)!;
                Assert.NotNull(metric);
                Assert.All(term.Tags.Select(tag => tag.Split(':')[0]).Where(key => key != "env"), key => Assert.Contains(key, metric.Tags));
                Assert.All(rule.GroupBy, key => Assert.Contains(key, metric.Tags));
                Assert.Contains("env:farmarcas", term.Tags);
                // A count that is averaged is a rate: it never reaches a threshold of events.
                Assert.True(metric.Kind == MetricKind.Gauge || rule.DatadogQuery.Contains(".as_count()", StringComparison.Ordinal), rule.DatadogQuery);
            });
            Assert.True(rule.GroupBy.Count == 0 || !rule.FiresWhenMissing, rule.Id);
            Assert.InRange(rule.WindowMinutes, 5, 10_080);
        });
    }

    [Fact]
    public void Thresholds_come_from_the_objectives_and_windows_from_how_often_is_measured()
    {
        AcodeEnvironment other = AlertEnvironments.Whole with
        {
            Objectives = new() { FreshnessHours = 7, FreshnessWarningHours = 5, LagSeconds = 11, SyncMinutes = 13, DrillDays = 17, RotationDays = 19, QualityScore = 23 },
            Metrics = new() { EveryMinutes = 15 },
        };
        Dictionary<string, AlertRule> rules = AlertCatalog.For(other).ToDictionary(rule => rule.Id);
        Assert.Equal((7, 5, 11, 13, 17, 19, 23), (rules["data-stale"].Threshold, rules["data-aging"].Threshold, rules["replication-behind"].Threshold, rules["sync-too-long"].Threshold, rules["drill-overdue"].Threshold, rules["secret-old"].Threshold, rules["quality-low"].Threshold));
        Assert.Equal(60, rules["primary-down"].WindowMinutes);
        string[] objectives = [.. typeof(Objectives).GetProperties().Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..])];
        Assert.All(rules.Values.Select(rule => rule.Objective).OfType<string>(), objective => Assert.Contains(objective, objectives));
        // A route that may take longer must not be told of too early.
        AcodeEnvironment patient = other with { Routes = [other.Routes[0] with { SyncMinutes = 500 }] };
        Assert.Equal(500, AlertCatalog.For(patient).Single(rule => rule.Id == "sync-too-long").Threshold);
    }

    [Fact]
    public void Queries_are_written_as_both_systems_read_them()
    {
        Dictionary<string, AlertRule> rules = AlertCatalog.For(AlertEnvironments.Whole).ToDictionary(rule => rule.Id);
        Assert.Equal("sum(last_20m):sum:acode.mysql_primary_health_checks{env:farmarcas,status:failure}.as_count() >= 3", rules["primary-down"].DatadogQuery);
        Assert.Equal("sum(increase(acode_mysql_primary_health_checks_total{env=\"farmarcas\",status=\"failure\"}[20m])) >= 3", rules["primary-down"].PrometheusQuery);
        Assert.Equal("min(last_15m):max:acode.data_freshness_hours{env:farmarcas} by {table} > 25", rules["data-stale"].DatadogQuery);
        Assert.Equal("min_over_time(max by (table) (acode_data_freshness_seconds{env=\"farmarcas\"})[15m:1m]) > 90000", rules["data-stale"].PrometheusQuery);
        Assert.Equal("max(last_10m):sum:acode.sync_rows{env:farmarcas} by {route} / sum:acode.sync_source_had_rows{env:farmarcas} by {route} <= 0", rules["zero-row-success"].DatadogQuery);
        Assert.Equal("sum(last_20m):sum:acode.metrics_collections{env:farmarcas}.as_count() < 1", rules["nobody-measures"].DatadogQuery);
        Assert.Equal("min(last_1h):max:acode.drill_age_days{env:farmarcas} > 90", rules["drill-overdue"].DatadogQuery);
    }

    [Fact]
    public void The_tables_in_the_documentation_are_the_catalogues()
    {
        StringBuilder drawn = new("| rule | severity | fires when | for | objective |\n|---|---|---|---|---|\n");
        foreach (AlertRule rule in AlertCatalog.For(AlertEnvironments.Whole))
        {
            string query = rule.DatadogQuery.Replace("env:farmarcas,", "", StringComparison.Ordinal).Replace("env:farmarcas", "*", StringComparison.Ordinal);
            drawn.Append(CultureInfo.InvariantCulture, $"| `{rule.Id}` | {rule.Severity} | {rule.Title}: `{query}`{(rule.FiresWhenMissing ? ", or nothing is there" : "")} | {rule.HoldMinutes} min | {(rule.Objective is null ? "" : $"`{rule.Objective}`")} |\n");
        }

        Compare("| rule |", drawn.ToString());
        drawn.Clear().Append("| outage | what happens | rules that have to fire |\n|---|---|---|\n");
        foreach (AlertOutage outage in OutageCatalog.All)
        {
            drawn.Append(CultureInfo.InvariantCulture, $"| `{outage.Id}` | {outage.Title} | {string.Join(", ", outage.Rules.Select(rule => $"`{rule}`"))} |\n");
        }

        Compare("| outage |", drawn.ToString());
    }

    private static void Compare(string first, string drawn)
    {
        string path = Path.Combine(RepositoryFolder(), "docs", "alerts.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(first, StringComparison.Ordinal);
        int end = text.IndexOf("\n\n", begin, StringComparison.Ordinal) + 1;
        if (Environment.GetEnvironmentVariable("ACODE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..begin] + drawn + text[end..]);
            return;
        }

        Assert.Equal(drawn, text[begin..end], ignoreLineEndingDifferences: true);
    }

    private static string RepositoryFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AcodeOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
