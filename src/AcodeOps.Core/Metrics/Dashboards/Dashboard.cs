using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Metrics.Dashboards;

/// <summary>Dashboards out of the registry of metrics: each metric once, by category, with its unit, its meaning and the objective it is held against.</summary>
public static class Dashboard
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The dashboard of an environment, as JSON that its server imports; the same for the same environment.</summary>
    /// <param name="kind">What shows it.</param>
    /// <param name="environment">Whose metrics it shows at first, and whose objectives it draws.</param>
    /// <param name="metrics">The metrics.</param>
    public static string Of(DashboardKind kind, AcodeEnvironment environment, IReadOnlyList<MetricDefinition> metrics)
    {
        ArgumentNullException.ThrowIfNull(environment);
        DashboardPanel[] panels = [.. metrics.Select(metric => new DashboardPanel(metric, DashboardObjective.Of(metric, environment.Objectives)))];
        JsonObject dashboard = kind == DashboardKind.Grafana ? GrafanaDashboard.Of(environment, panels) : DatadogDashboard.Of(environment, panels);
        return dashboard.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>The name of its file.</summary>
    public static string FileName(DashboardKind kind) => $"acode-{kind.ToString().ToLowerInvariant()}.json";
}

/// <summary>What a dashboard shows of a metric.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Objective">The figure that it is held against, in its unit; null for none.</param>
internal sealed record DashboardPanel(MetricDefinition Metric, double? Objective);
