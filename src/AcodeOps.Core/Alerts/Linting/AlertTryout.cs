using AcodeOps.Alerts.Outages;

namespace AcodeOps.Alerts.Linting;

/// <summary>Tries rules in outages: which of them fire, when, whether they are well again, and what is wrong with them.</summary>
public sealed class AlertTryout
{
    private readonly AcodeEnvironment _environment;
    private readonly (OutageScript Script, AlertRecording Recording)[] _played;

    /// <param name="environment">The environment.</param>
    /// <param name="outages">The outages to try rules in; those that cannot happen to the environment are left out.</param>
    public AlertTryout(AcodeEnvironment environment, IEnumerable<AlertOutage> outages)
    {
        _environment = environment;
        _played = [.. outages.Where(outage => outage.AppliesTo(environment)).Select(outage => OutageScript.Of(outage, environment)).Select(script => (script, AlertRecording.Of(script.Metrics, environment)))];
    }

    /// <summary>Tries a rule of the catalogue.</summary>
    public AlertEvaluation Try(AlertRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        AlertTrial[] trials = Trials(rule.Condition, outage => outage.Rules.Contains(rule.Id), out string[] tooEarly);
        ConditionReview review = new(rule.Condition, _environment, rule.Id) { Trials = trials, FiredWhileWell = tooEarly };
        return new AlertEvaluation
        {
            Rule = rule.Id,
            Title = rule.Title,
            Severity = rule.Severity,
            Threshold = rule.Threshold,
            Unit = rule.Unit,
            Outages = trials,
            Findings = [.. review.Findings()],
            Advice = rule.Advice,
        };
    }

    /// <summary>Tries the monitors of somebody's file.</summary>
    /// <exception cref="AcodeException">The file cannot be read, or there is no monitor in it.</exception>
    public IEnumerable<AlertEvaluation> TryFile(Documents.IDocumentReader documents, string path) => MonitorFile.Read(documents, path).Select(Try);

    private AlertEvaluation Try(WrittenMonitor monitor)
    {
        AlertCondition? condition = MonitorQuery.TryParse(monitor.Query);
        string[] tooEarly = [];
        AlertTrial[] trials = condition is null ? [] : Trials(condition, _ => false, out tooEarly);
        Finding[] findings =
        [
            .. MonitorReview.Of(monitor, condition),
            .. condition is null ? [] : new ConditionReview(condition, _environment, monitor.Name) { Trials = trials, FiredWhileWell = tooEarly }.Findings(),
        ];
        return new AlertEvaluation
        {
            Rule = monitor.Name,
            Title = monitor.Query,
            Threshold = condition?.Threshold,
            Unit = condition is null or RatioCondition ? "" : Metrics.MetricCatalog.Find(condition.Terms[0].Metric)?.Unit ?? "",
            Outages = trials,
            Findings = [.. findings.Select(finding => finding with { File = monitor.At.File, Line = monitor.At.Line, Column = monitor.At.Column })],
        };
    }

    private AlertTrial[] Trials(AlertCondition condition, Predicate<AlertOutage> isExpected, out string[] tooEarly)
    {
        List<string> early = [];
        List<AlertTrial> trials = [];
        foreach ((OutageScript script, AlertRecording recording) in _played)
        {
            AlertReplay replay = AlertReplay.Of(condition, recording);
            if (replay.FiredAt < script.BeginsAt.AddMinutes(-1))
            {
                early.Add(script.Outage.Id);
            }

            trials.Add(new AlertTrial
            {
                Outage = script.Outage.Id,
                IsExpected = isExpected(script.Outage),
                HasFired = replay.FiredAt is not null,
                // The clock of a replay goes by the minute, and collections come in the middle of one.
                FiredAfterMinutes = replay.FiredAt is { } fired ? Math.Max(0, Math.Round((fired - script.BeginsAt).TotalMinutes, MidpointRounding.AwayFromZero)) : null,
                RecoveredAfterMinutes = replay.RecoveredAt is { } over ? Math.Round((over - script.EndsAt).TotalMinutes, MidpointRounding.AwayFromZero) : null,
                Extreme = replay.Extreme,
                Groups = replay.FiredGroups,
            });
        }

        tooEarly = [.. early];
        return [.. trials];
    }
}
