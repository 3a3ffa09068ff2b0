using AcodeOps.Shell;

namespace AcodeOps.Metrics;

/// <summary>Completes the names of the registry's metrics, each with what it means.</summary>
public sealed class MetricNameCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names() => MetricCatalog.All.Select(metric => (metric.Name, (string?)metric.Meaning));
}
