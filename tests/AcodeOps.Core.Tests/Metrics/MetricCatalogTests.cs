using System.Globalization;
using System.Text;
using AcodeOps.Metrics;

namespace AcodeOps.Core.Tests.Metrics;

/// <summary>The registry holds together, and the documentation says what it says.</summary>
public sealed class MetricCatalogTests
{
    // The guide's names, as its collector and its monitors use them.
    private static readonly string[] OfTheGuide =
    [
        "acode.daily_records", "acode.daily_transaction_value", "acode.data_freshness_hours", "acode.daily_unique_pharmacies", "acode.metrics_collection_errors",
        "acode.s3_total_size_bytes", "acode.s3_file_count", "acode.latest_file_age_seconds", "acode.mysql_primary_response_time", "acode.mysql_primary_health_checks",
        "acode.s3_primary_response_time", "acode.s3_health_checks", "acode.sync_duration_minutes", "acode.failover_events",
    ];

    [Fact]
    public void Names_are_unique_and_each_metric_says_what_it_is()
    {
        Assert.Equal(MetricCatalog.All.Count, MetricCatalog.All.Select(metric => metric.Name).Distinct().Count());
        Assert.All(MetricCatalog.All, metric =>
        {
            Assert.Matches(@"\Aacode\.[a-z0-9]+(_[a-z0-9]+)*\z", metric.Name);
            Assert.EndsWith(".", metric.Meaning, StringComparison.Ordinal);
            Assert.DoesNotContain("host", metric.Tags);
            Assert.True(metric.Kind == MetricKind.Gauge || metric.Unit.Length > 0, metric.Name);
        });
        Assert.All(OfTheGuide, name => Assert.NotNull(MetricCatalog.Find(name)));
        Assert.Null(MetricCatalog.Find("acode.no_such"));
    }

    [Fact]
    public void Objectives_are_those_of_the_environment_file()
    {
        string[] objectives = [.. typeof(Objectives).GetProperties().Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..])];
        Assert.All(MetricCatalog.All.Select(metric => metric.Objective).OfType<string>(), objective => Assert.Contains(objective, objectives));
    }

    [Fact]
    public void The_table_in_the_documentation_is_the_registry()
    {
        string path = Path.Combine(RepositoryFolder(), "docs", "metrics.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf("| metric |", StringComparison.Ordinal);
        int end = text.IndexOf("\n\n", begin, StringComparison.Ordinal) + 1;
        StringBuilder drawn = new("| metric | kind | unit | tags | meaning | objective |\n|---|---|---|---|---|---|\n");
        foreach (MetricDefinition metric in MetricCatalog.All)
        {
            drawn.Append(CultureInfo.InvariantCulture, $"| `{metric.Name}` | {metric.Kind.ToString().ToLowerInvariant()} | {metric.Unit} | {string.Join(", ", metric.Tags.Select(tag => $"`{tag}`"))} | {metric.Meaning} | {(metric.Objective is null ? "" : $"`{metric.Objective}`")} |\n");
        }

        if (Environment.GetEnvironmentVariable("ACODE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..begin] + drawn + text[end..]);
            return;
        }

        Assert.Equal(drawn.ToString(), text[begin..end], ignoreLineEndingDifferences: true);
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
