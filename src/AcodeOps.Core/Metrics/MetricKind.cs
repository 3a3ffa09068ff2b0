namespace AcodeOps;

/// <summary>How the figures of a metric are drawn together over time.</summary>
public enum MetricKind
{
    /// <summary>A level: the newest figure stands.</summary>
    Gauge,

    /// <summary>How often something happened since the last figure: figures add up.</summary>
    Count,
}
