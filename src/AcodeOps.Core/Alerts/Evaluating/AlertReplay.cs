namespace AcodeOps.Alerts;

/// <summary>What a condition said over the time of a recording, minute by minute.</summary>
/// <param name="States">The states, one for each minute from the recording's begin.</param>
/// <param name="BeginMinute">The first minute.</param>
public sealed record AlertReplay(IReadOnlyList<AlertState> States, long BeginMinute)
{
    /// <summary>The figure that came nearest to the threshold, or went furthest beyond it; null where there was none.</summary>
    public double? Extreme { get; private init; }

    /// <summary>The groups that fired.</summary>
    public IReadOnlyList<string> FiredGroups { get; private init; } = [];

    /// <summary>When it fired first, UTC; null where it never did.</summary>
    public DateTimeOffset? FiredAt => At(States.ToList().IndexOf(AlertState.Firing));

    /// <summary>When it was known to be well again after it had fired for the last time, UTC; null where it was not.</summary>
    public DateTimeOffset? RecoveredAt
    {
        get
        {
            List<AlertState> states = [.. States];
            int last = states.LastIndexOf(AlertState.Firing);
            return last < 0 ? null : At(states.IndexOf(AlertState.Ok, last));
        }
    }

    /// <summary>Steps through a recording.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="recording">The recording; it has a begin.</param>
    public static AlertReplay Of(AlertCondition condition, AlertRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        long begin = AlertRecording.MinuteOf(recording.BeginAt!.Value), end = AlertRecording.MinuteOf(recording.EndAt!.Value);
        AlertState[] states = new AlertState[end - begin + 1];
        bool isDownward = condition is ThresholdCondition { Comparison: AlertComparison.Below or AlertComparison.AtMost } or RatioCondition { Comparison: AlertComparison.Below or AlertComparison.AtMost } or AbsenceCondition;
        double? extreme = null;
        HashSet<string> fired = [];
        HashSet<long> turns = [.. condition.Terms.SelectMany(term => recording.Of(term.Metric)).SelectMany(series => AlertEvaluator.Turns(condition, series)), begin + condition.WindowMinutes];
        for (int i = 0; i < states.Length; i++)
        {
            if (i > 0 && !turns.Contains(begin + i))
            {
                states[i] = states[i - 1];
                continue;
            }

            IReadOnlyList<AlertGroup> groups = AlertEvaluator.Judge(condition, recording, begin + i);
            states[i] = AlertEvaluator.Worst(groups);
            foreach (AlertGroup group in groups)
            {
                extreme = group.Value is { } value && (extreme is not { } so || (isDownward ? value < so : value > so)) ? value : extreme;
                if (group.State == AlertState.Firing)
                {
                    fired.Add(group.Group);
                }
            }
        }

        return new AlertReplay(states, begin) { Extreme = extreme, FiredGroups = [.. fired.Order(StringComparer.Ordinal)] };
    }

    private DateTimeOffset? At(int index) => index < 0 ? null : AlertRecording.TimeOf(BeginMinute + index);
}
