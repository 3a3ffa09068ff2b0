namespace AcodeOps.Alerts;

/// <summary>Evaluates the rules of the catalogue on what was measured.</summary>
public static class AlertJudge
{
    /// <summary>What rules say of the end of a recording, and when they fired in it.</summary>
    public static IEnumerable<AlertEvaluation> Replay(IEnumerable<AlertRule> rules, AlertRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return rules.Select(rule => recording.BeginAt is null ? Of(rule, [new AlertGroup("", AlertState.Unknown, null)]) : Replayed(rule, recording));
    }

    /// <summary>What rules say of metrics that were measured just now, as though it had been so for their windows.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="metrics">The metrics. Those of more than one collection are taken as a recording.</param>
    /// <param name="environment">The environment.</param>
    public static IEnumerable<AlertEvaluation> Now(IReadOnlyCollection<AlertRule> rules, IReadOnlyCollection<Metric> metrics, AcodeEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (metrics.Count == 0 || rules.Count == 0)
        {
            return rules.Select(rule => Of(rule, [new AlertGroup("", AlertState.Unknown, null)]));
        }

        bool isOne = metrics.Max(metric => metric.MeasuredAt) - metrics.Min(metric => metric.MeasuredAt) < TimeSpan.FromMinutes(environment.Metrics.EveryMinutes);
        AlertRecording recording = isOne
            ? AlertRecording.Steady(metrics, environment, rules.Max(rule => rule.WindowMinutes) + environment.Metrics.EveryMinutes) : AlertRecording.Of(metrics, environment);
        return rules.Select(rule => Of(rule, AlertEvaluator.Judge(rule.Condition, recording, AlertRecording.MinuteOf(recording.EndAt!.Value))));
    }

    private static AlertEvaluation Replayed(AlertRule rule, AlertRecording recording)
    {
        AlertReplay replay = AlertReplay.Of(rule.Condition, recording);
        return Of(rule, AlertEvaluator.Judge(rule.Condition, recording, AlertRecording.MinuteOf(recording.EndAt!.Value))) with { FiredAt = replay.FiredAt, RecoveredAt = replay.RecoveredAt };
    }

    private static AlertEvaluation Of(AlertRule rule, IReadOnlyList<AlertGroup> groups) => new()
    {
        Rule = rule.Id,
        Title = rule.Title,
        Severity = rule.Severity,
        State = AlertEvaluator.Worst(groups),
        Value = groups.OrderByDescending(group => group.State).FirstOrDefault(group => group.Value is not null)?.Value,
        Threshold = rule.Threshold,
        Unit = rule.Unit,
        Groups = groups,
        Advice = rule.Advice,
    };
}
