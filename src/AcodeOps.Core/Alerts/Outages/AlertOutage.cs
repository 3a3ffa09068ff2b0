using AcodeOps.Metrics.Groups;

namespace AcodeOps.Alerts.Outages;

/// <summary>
/// One way in which an installation goes wrong, as the metrics that are sent meanwhile. A new one is one class in <c>Kinds</c>: the catalogue
/// finds it by itself.
/// </summary>
public abstract class AlertOutage
{
    /// <summary>Its stable name: lower case, words joined by hyphens.</summary>
    public abstract string Id { get; }

    /// <summary>What happens, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>The rules of the catalogue that have to fire.</summary>
    public abstract IReadOnlyList<string> Rules { get; }

    /// <summary>Whether it can happen to this environment.</summary>
    public virtual bool AppliesTo(AcodeEnvironment environment) => true;

    /// <summary>For how many collections it lasts, from the first to the last that sees it.</summary>
    internal virtual int Collections => 15;

    /// <summary>
    /// What is sent of a metric while it lasts: a figure; the same without a value where it cannot be measured; null where nothing is sent at all.
    /// </summary>
    /// <param name="healthy">The metric as it is when all is well.</param>
    /// <param name="moment">How far the outage is.</param>
    internal abstract Metric? During(Metric healthy, OutageMoment moment);

    /// <summary>A metric that has not been measured.</summary>
    private protected static Metric Unknown(Metric healthy) => healthy with { Value = null };

    /// <summary>The verdict of a health check, where the metric is that of this component and target.</summary>
    private protected static Metric Verdict(Metric healthy, Verdict verdict, HealthComponent component, string? target = null) =>
        healthy.Name == "acode.health_check" && healthy.Tags.Contains($"component:{component.ToString().ToLowerInvariant()}") && (target is null || healthy.Tags.Contains($"target:{target}"))
            ? healthy with { Value = CheckMetrics.NumberOf(verdict) } : healthy;

    /// <summary>A count of checks by status, of which this status has occurred.</summary>
    private protected static Metric Status(Metric healthy, string status) => healthy with { Value = healthy.Tags.Contains($"status:{status}") ? 1 : 0 };
}
