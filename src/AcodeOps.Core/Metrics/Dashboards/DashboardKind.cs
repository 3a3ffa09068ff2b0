namespace AcodeOps;

/// <summary>What shows a dashboard.</summary>
public enum DashboardKind
{
    /// <summary>Grafana, over Prometheus.</summary>
    Grafana,

    /// <summary>Datadog.</summary>
    Datadog,
}
