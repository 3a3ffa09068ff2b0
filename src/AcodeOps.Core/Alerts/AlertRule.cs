using System.Globalization;
using AcodeOps.Alerts;
using AcodeOps.Metrics;

namespace AcodeOps;

/// <summary>An alert rule as it stands for an environment: its threshold comes from what the environment promises.</summary>
public sealed record AlertRule
{
    /// <summary>Its stable name: <c>primary-down</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The environment that it is made for.</summary>
    public required string Environment { get; init; }

    /// <summary>What has happened when it fires, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters.</summary>
    public required NotificationSeverity Severity { get; init; }

    /// <summary>What it means for the installation.</summary>
    public required string Meaning { get; init; }

    /// <summary>What to do then.</summary>
    public required string Advice { get; init; }

    /// <summary>The objective of the environment file that the threshold comes from; null for none.</summary>
    public string? Objective { get; init; }

    /// <summary>When it fires.</summary>
    public required AlertCondition Condition { get; init; }

    /// <summary>How long a fault has to last before it fires, in minutes.</summary>
    public required int HoldMinutes { get; init; }

    /// <summary>The condition in Datadog's query language.</summary>
    public required string DatadogQuery { get; init; }

    /// <summary>The condition in Prometheus' query language, under the names that the file for Prometheus has.</summary>
    public required string PrometheusQuery { get; init; }

    /// <summary>The metrics that it looks at.</summary>
    public IReadOnlyList<string> Metrics => Condition.Terms.Select(term => term.Metric).Distinct().ToArray();

    /// <summary>The keys of the tags by which it is told apart: each group fires by itself.</summary>
    public IReadOnlyList<string> GroupBy => Condition.GroupBy;

    /// <summary>What the figure is held against, in <see cref="Unit"/>.</summary>
    public double Threshold => Condition.Threshold;

    /// <summary>The unit of the threshold; empty for a pure number.</summary>
    public string Unit => Condition is RatioCondition ? "" : MetricCatalog.Find(Condition.Terms[0].Metric)?.Unit ?? "";

    /// <summary>The stretch of time that is looked at, in minutes.</summary>
    public int WindowMinutes => Condition.WindowMinutes;

    /// <summary>
    /// True where it also fires when there is nothing to look at. Where false, that is unknown, which is neither firing nor well.
    /// </summary>
    public bool FiresWhenMissing => Condition is AbsenceCondition or ThresholdCondition { FiresWhenMissing: true };

    /// <summary>When it is over again, in a sentence.</summary>
    public string Recovery => Condition switch
    {
        ThresholdCondition { Over: AlertAggregate.Sum } => string.Create(CultureInfo.InvariantCulture, $"When the last {WindowMinutes} min no longer have so many."),
        AbsenceCondition => "With the next one.",
        _ => HoldMinutes > 0 ? "With the first figure that is not beyond the threshold." : string.Create(CultureInfo.InvariantCulture, $"When the last {WindowMinutes} min had none beyond the threshold."),
    };

    /// <inheritdoc />
    public override string ToString() => $"{Id} ({Severity}): {DatadogQuery}";
}
