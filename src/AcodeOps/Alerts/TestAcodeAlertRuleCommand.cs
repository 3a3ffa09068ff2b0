using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Alerts;
using AcodeOps.Alerts.Linting;
using AcodeOps.Alerts.Outages;
using AcodeOps.Environments;
using AcodeOps.Metrics;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Evaluates alert rules: on what is measured now or is piped in, as though it had been so for their windows; with -Recording over recorded
/// metrics; with -Outage in synthetic outages, which tells the rules that never fire or never recover; with -Path the monitors of a file, Datadog's
/// JSON or YAML, in the same outages. A rule that cannot be judged is Unknown, and not Ok. Changes nothing.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.NotifyChannels, Need.LookAtStorages, Need.LookAtAudit, Need.ReadLakes, Need.ReadInventories, Need.ReadQuality, Need.ReadJournals, Need.ReadPods)]
[Needs(AccessRole.Operator, Need.FlyCanary)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeAlertRule", DefaultParameterSetName = "Now")]
[OutputType(typeof(AlertEvaluation))]
public sealed class TestAcodeAlertRuleCommand : EnvironmentCmdlet
{
    private readonly List<Metric> _metrics = [];

    /// <summary>The rules, by name; wildcards are allowed. All that the environment has anything for without it.</summary>
    [Parameter(Position = 0, ParameterSetName = "Now")]
    [Parameter(Position = 0, ParameterSetName = "Recording")]
    [Parameter(Position = 0, ParameterSetName = "Outage")]
    [ArgumentCompleter(typeof(AlertRuleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Metrics, as Get-AcodeMetric puts them out. Without them, what the rules look at is measured.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = "Now")]
    public Metric? InputObject { get; set; }

    /// <summary>The time limit of the measuring, in seconds.</summary>
    [Parameter(ParameterSetName = "Now")]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>A file of metrics as JSON, one a line.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Recording")]
    [ValidateNotNullOrEmpty]
    public string Recording { get; set; } = "";

    /// <summary>The outages to try in, by name; wildcards are allowed. With -Path all of them without it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Outage")]
    [Parameter(ParameterSetName = "Path")]
    [ArgumentCompleter(typeof(AlertOutageCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Outage { get; set; }

    /// <summary>A file of monitors: Datadog's JSON, or YAML with a list of name, query, message and options.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        if (InputObject is not null)
        {
            _metrics.Add(InputObject);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task EndAsync(CancellationToken cancel)
    {
        NamedRules named = NamedRules.Of(Installation.Environment, Id);
        NameFilter outages = new(Outage);
        IEnumerable<AlertEvaluation> evaluations = ParameterSetName switch
        {
            "Recording" => AlertJudge.Replay(named.Rules, AlertRecording.Of(
                RecordedMetric.Read(Composition.Adapters.Open.Recordings, SessionPath.Resolve(Recording, SessionState)).TakeWhile(_ => !cancel.IsCancellationRequested), Installation.Environment)),
            "Outage" => Tryout(outages) is var tryout ? named.Rules.Select(tryout.Try) : [],
            "Path" => Tryout(outages).TryFile(Composition.Adapters.Open.Monitors, SessionPath.Resolve(Path, SessionState)),
            _ => AlertJudge.Now(named.Rules, MyInvocation.ExpectingInput ? _metrics : await MeasureAsync(named.Rules, cancel), Installation.Environment),
        };
        foreach (AlertEvaluation evaluation in evaluations)
        {
            cancel.ThrowIfCancellationRequested();
            WriteObject(evaluation);
        }

        foreach (AcodeException failure in named.Failures.Concat(outages.Unmatched.Select(AlertErrors.OutageNotDefined)))
        {
            WriteFailure(failure);
        }
    }

    private AlertTryout Tryout(NameFilter outages) => new(Installation.Environment, OutageCatalog.All.Where(outage => outages.IsMatch(outage.Id)).ToArray());

    private async Task<IReadOnlyList<Metric>> MeasureAsync(IReadOnlyList<AlertRule> rules, CancellationToken cancel)
    {
        HashSet<string> wanted = [.. rules.SelectMany(rule => rule.Metrics)];
        List<Metric> metrics = [];
        await foreach (Metric metric in MetricRunner.RunAsync(Installation, MetricCatalog.Groups, definition => wanted.Contains(definition.Name), TimeSpan.FromSeconds(TimeoutSeconds), cancel))
        {
            metrics.Add(metric);
        }

        return metrics;
    }
}
