using AcodeOps.Documents;

namespace AcodeOps.Metrics;

/// <summary>What goes wrong with metrics themselves.</summary>
public static class MetricErrors
{
    /// <summary>The registry has no metric of this name.</summary>
    public static AcodeException NotDefined(string name) => new("MetricNotDefined", FailureClass.InvalidInput, $"There is no metric '{Printable.Of(name)}'.")
    {
        Advice = Spelling.Nearest(name, MetricCatalog.All.Select(metric => metric.Name)) is { } nearest ? $"Did you mean {nearest}?" : "docs/metrics.md has all of them.",
        Subject = name,
        IsFatal = false,
    };
}
