using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Metrics;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Sends metrics to the environment's sinks, all at once, when the last one has come, and returns what came of it at each. Metrics
/// without a value are not sent. A sink that did not take them is a non-terminating error, <c>MetricNotSent</c>, beside its result.
/// </summary>
[Needs(AccessRole.Everyone, Need.SendMetrics)]
[Cmdlet(VerbsCommunications.Send, "AcodeMetric", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Piped")]
[OutputType(typeof(MetricDelivery))]
public sealed class SendAcodeMetricCommand : EnvironmentCmdlet
{
    private readonly List<Metric> _metrics = [];
    private IReadOnlyList<MetricSinkDefinition> _sinks = [];

    /// <summary>Metrics, as Get-AcodeMetric puts them out.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Piped")]
    public Metric? InputObject { get; set; }

    /// <summary>The name of a metric of your own.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Own")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Its value.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Own")]
    public double Value { get; set; }

    /// <summary>Whether it is a level or a count.</summary>
    [Parameter(ParameterSetName = "Own")]
    public MetricKind Kind { get; set; }

    /// <summary>Its tags, each as key:value.</summary>
    [Parameter(ParameterSetName = "Own")]
    public string[] Tag { get; set; } = [];

    /// <summary>The sinks to send to, by name; wildcards are allowed. All of them without it.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SinkNameCompleter))]
    public string[]? Sink { get; set; }

    /// <inheritdoc />
    protected override Task BeginAsync(CancellationToken cancel)
    {
        NameFilter names = new(Sink);
        _sinks = [.. MetricSinks.Of(Installation.Environment).Where(sink => names.IsMatch(sink.Name))];
        return names.Unmatched.FirstOrDefault() is { } unknown ? throw MetricSinks.NotDefined(Installation.Environment, unknown) : Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        Metric metric = InputObject ?? new Metric { Name = Name, Value = Value, Kind = Kind, Tags = Tag, MeasuredAt = Installation.Clock.GetUtcNow() };
        OwnMetric.EnsureSendable(metric);
        _metrics.Add(metric);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task EndAsync(CancellationToken cancel)
    {
        if (_metrics.Count == 0 || !ShouldProcess(string.Join(", ", _sinks), $"Send {_metrics.Count(metric => metric.Value is not null)} metrics"))
        {
            return;
        }

        foreach (MetricDelivery delivery in await MetricDispatcher.Of(Installation).SendAsync(_metrics, _sinks, cancel))
        {
            WriteObject(delivery);
            if (delivery.ToFailure() is { } failure)
            {
                WriteFailure(failure);
            }
        }
    }
}
