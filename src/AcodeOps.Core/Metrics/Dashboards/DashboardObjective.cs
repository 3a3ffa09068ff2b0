namespace AcodeOps.Metrics.Dashboards;

/// <summary>The line that an objective draws through a metric.</summary>
internal static class DashboardObjective
{
    /// <summary>The objective in the metric's unit; null where it has none, or one that is no line: a share of other days.</summary>
    public static double? Of(MetricDefinition metric, Objectives objectives)
    {
        double? seconds = metric.Objective switch
        {
            "freshnessHours" => objectives.FreshnessHours * 3600,
            "syncMinutes" => objectives.SyncMinutes * 60,
            "lagSeconds" => objectives.LagSeconds,
            "drillDays" => objectives.DrillDays * 86_400,
            _ => null,
        };
        double? unit = metric.Unit switch { "s" => 1, "min" => 60, "h" => 3600, "d" => 86_400, _ => null };
        return seconds / unit;
    }
}
