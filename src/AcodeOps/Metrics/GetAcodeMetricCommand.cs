using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Metrics;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Measures the metrics of an installation, all at once, each as it comes: the data, how ingestion runs, and the verdicts of the
/// health checks. What cannot be measured comes without a value and with the reason. A table is asked by one statement.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.NotifyChannels, Need.LookAtStorages, Need.LookAtAudit, Need.ReadLakes, Need.ReadInventories, Need.ReadQuality, Need.ReadJournals, Need.ReadPods)]
[Needs(AccessRole.Operator, Need.FlyCanary)]
[Cmdlet(VerbsCommon.Get, "AcodeMetric")]
[OutputType(typeof(Metric))]
public sealed class GetAcodeMetricCommand : EnvironmentCmdlet
{
    /// <summary>The metrics to measure, by name; wildcards are allowed. All of them without it.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(MetricNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>What the metrics are about; everything without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MetricCategory[]? Category { get; set; }

    /// <summary>The time limit of the whole call, in seconds. Counting a storage of a million objects takes a minute or two.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 120;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        NameFilter filter = new(Name);
        HashSet<string> wanted = [.. MetricCatalog.All.Where(metric => filter.IsMatch(metric.Name) && Category?.Contains(metric.Category) != false).Select(metric => metric.Name)];
        foreach (string missing in filter.Unmatched)
        {
            WriteFailure(MetricErrors.NotDefined(missing));
        }

        await foreach (Metric metric in MetricRunner.RunAsync(
            Installation, MetricCatalog.Groups, definition => wanted.Contains(definition.Name), TimeSpan.FromSeconds(TimeoutSeconds), cancel))
        {
            WriteObject(metric);
        }
    }
}
