using AcodeOps.Metrics;
using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance.Steps;

/// <summary>Measures all metrics, and sends them to the environment's sinks, as Get-AcodeMetric | Send-AcodeMetric does.</summary>
internal sealed class SendMetricsStep(MaintenancePlan plan) : MaintenanceStep(plan)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public override MaintenanceTask Task => MaintenanceTask.Metrics;

    /// <inheritdoc />
    public override string Name => "send_metrics";

    /// <inheritdoc />
    public override string Title => "Measure and send metrics";

    /// <inheritdoc />
    protected override async Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel)
    {
        List<Metric> metrics = [];
        await foreach (Metric metric in MetricRunner.RunAsync(context.Installation, MetricCatalog.Groups, _ => true, Limit, cancel).ConfigureAwait(false))
        {
            metrics.Add(metric);
            context.Report(metric.Name);
        }

        IReadOnlyList<MetricSinkDefinition> sinks = context.Installation.Environment.Metrics.Sinks;
        IReadOnlyList<MetricDelivery> sent = sinks.Count == 0 ? [] : await MetricDispatcher.Of(context.Installation).SendAsync(metrics, sinks, cancel).ConfigureAwait(false);
        Metric[] unknown = [.. metrics.Where(metric => metric.Value is null)];
        Finding[] findings = [.. unknown.Select(Unmeasured), .. sent.Select(Unsent).OfType<Finding>()];
        return new MaintenanceOutcome
        {
            Task = Task,
            Verdict = VerdictOf(findings),
            Summary = $"{metrics.Count - unknown.Length} of {metrics.Count} metrics measured; {(sinks.Count == 0 ? "the environment names no place that they are sent to" : string.Join("; ", sent))}.",
            Findings = findings,
            Figures = [.. metrics.Where(IsTrend).Select(metric => new MaintenanceFigure($"{metric.Name}{(metric.Tags.Count == 0 ? "" : $" [{string.Join(", ", metric.Tags)}]")}", metric.Value!.Value, metric.Unit ?? ""))],
        };
    }

    // A verdict of a check as a number, and how long a check took, have no trend that says anything.
    private static bool IsTrend(Metric metric) => metric is { Value: not null, Kind: MetricKind.Gauge, Category: not MetricCategory.Health };

    private static Finding Unmeasured(Metric metric) => new()
    {
        Rule = metric.ErrorId ?? "MetricUnknown",
        Severity = FindingSeverity.Warning,
        Target = $"{metric.Name}{(metric.Tags.Count == 0 ? "" : $" [{string.Join(", ", metric.Tags)}]")}",
        Message = $"It could not be measured: {metric.Problem}",
        Remedy = metric.Remedy,
    };

    private static Finding? Unsent(MetricDelivery delivery) => delivery.ToFailure() is not { } failure ? null : new Finding
    {
        Rule = failure.Id,
        Severity = FindingSeverity.Error,
        Target = delivery.Sink,
        Message = failure.Message,
        Remedy = failure.Advice,
    };
}
