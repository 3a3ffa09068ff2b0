using AcodeOps.Alerts.Queries;

namespace AcodeOps.Alerts;

/// <summary>
/// Judges conditions by recorded series, as monitors do: the series of a group become one, minute by minute, then the minutes of
/// the window become one figure, which is held against the threshold.
/// </summary>
internal static class AlertEvaluator
{
    /// <summary>DogStatsD sends every ten seconds; a count is stored as what it was per second of them.</summary>
    public const double FlushSeconds = 10;

    // For so long, a group that was told of once is missed when it is not.
    private const int RememberedMinutes = 1_440;

    /// <summary>What a condition says at the end of a minute, group by group.</summary>
    public static IReadOnlyList<AlertGroup> Judge(AlertCondition condition, AlertRecording recording, long minute) => condition switch
    {
        _ when condition.Terms.Any(term => !recording.HasSeen(term.Metric)) => [new AlertGroup("", AlertState.Unknown, null)],
        ThresholdCondition threshold => Levels(threshold, recording, minute),
        RatioCondition ratio => Ratios(ratio, recording, minute),
        AbsenceCondition absence => Absences(absence, recording, minute),
        _ => throw new NotSupportedException(condition.GetType().Name),
    };

    /// <summary>The minutes at which what a condition says may change for a series: a figure comes, leaves the window, or is forgotten.</summary>
    public static IEnumerable<long> Turns(AlertCondition condition, AlertSeries series) => series.Within(long.MinValue, long.MaxValue)
        .SelectMany(figure => new[] { figure.Minute, figure.Minute + condition.WindowMinutes, figure.Minute + Math.Max(RememberedMinutes, condition.WindowMinutes) });

    /// <summary>What all groups together say.</summary>
    public static AlertState Worst(IReadOnlyList<AlertGroup> groups) => groups.Count == 0 ? AlertState.Unknown : groups.Max(group => group.State);

    private static AlertGroup[] Levels(ThresholdCondition condition, AlertRecording recording, long minute)
    {
        Dictionary<string, SortedDictionary<long, double>> groups = Windows(condition.Term, condition, recording, minute);
        if (condition.FiresWhenMissing && groups.Values.All(figures => figures.Count == 0))
        {
            return [new AlertGroup("", IsSeenWhole(condition, recording, minute) ? AlertState.Firing : AlertState.Unknown, null)];
        }

        double factor = condition.IsRate ? 1 / FlushSeconds : 1;
        return [.. groups.Select(group => Judged(group.Key, group.Value.Count == 0 ? null : factor * Aggregated(group.Value.Values, condition.Over), condition.Comparison, condition.Threshold))];
    }

    private static AlertGroup[] Ratios(RatioCondition condition, AlertRecording recording, long minute)
    {
        Dictionary<string, SortedDictionary<long, double>> above = Windows(condition.Numerator, condition, recording, minute);
        Dictionary<string, SortedDictionary<long, double>> below = Windows(condition.Denominator, condition, recording, minute);
        List<AlertGroup> groups = [];
        foreach ((string group, SortedDictionary<long, double> figures) in above.Where(group => below.ContainsKey(group.Key)))
        {
            (double Above, double Below)[] pairs = [.. figures.Where(figure => below[group].ContainsKey(figure.Key)).Select(figure => (figure.Value, below[group][figure.Key]))];
            double[] ratios = [.. pairs.Where(pair => pair.Below != 0).Select(pair => pair.Above / pair.Below)];
            // To have nothing to divide by is known, and is no reason to fire.
            groups.Add(pairs.Length > 0 && ratios.Length == 0
                ? new AlertGroup(group, AlertState.Ok, null)
                : Judged(group, ratios.Length == 0 ? null : Aggregated(ratios, condition.Over), condition.Comparison, condition.Threshold));
        }

        return [.. groups];
    }

    private static AlertGroup[] Absences(AbsenceCondition condition, AlertRecording recording, long minute)
    {
        double sum = Windows(condition.Term, condition, recording, minute).Values.SelectMany(figures => figures.Values).Sum();
        return [new AlertGroup("", sum >= condition.Threshold ? AlertState.Ok : IsSeenWhole(condition, recording, minute) ? AlertState.Firing : AlertState.Unknown, sum)];
    }

    private static AlertGroup Judged(string group, double? value, AlertComparison comparison, double threshold) =>
        new(group, value is not { } known ? AlertState.Unknown : comparison.Holds(known, threshold) ? AlertState.Firing : AlertState.Ok, value);

    // What begins within the window may have been before it.
    private static bool IsSeenWhole(AlertCondition condition, AlertRecording recording, long minute) =>
        recording.BeginAt is { } begin && AlertRecording.MinuteOf(begin) <= minute - condition.WindowMinutes;

    /// <summary>The figures of the window, group by group; a group that had some within the last day and has none now is there, with none.</summary>
    private static Dictionary<string, SortedDictionary<long, double>> Windows(AlertTerm term, AlertCondition condition, AlertRecording recording, long minute)
    {
        string[] wanted = [.. term.Tags.Select(DatadogQuery.Tag)];
        Dictionary<string, SortedDictionary<long, List<double>>> groups = new(StringComparer.Ordinal);
        foreach (AlertSeries series in recording.Of(term.Metric))
        {
            if (!wanted.All(series.Tags.Contains) || GroupOf(series, condition.GroupBy) is not { } group
                || !series.Within(minute - Math.Max(RememberedMinutes, condition.WindowMinutes), minute).Any())
            {
                continue;
            }

            if (!groups.TryGetValue(group, out SortedDictionary<long, List<double>>? minutes))
            {
                groups[group] = minutes = [];
            }

            foreach ((long at, double value) in series.Within(minute - condition.WindowMinutes, minute))
            {
                (minutes.TryGetValue(at, out List<double>? values) ? values : minutes[at] = []).Add(value);
            }
        }

        return groups.ToDictionary(
            group => group.Key,
            group => new SortedDictionary<long, double>(group.Value.ToDictionary(each => each.Key, each => Aggregated(each.Value, term.Across))), StringComparer.Ordinal);
    }

    private static string? GroupOf(AlertSeries series, IReadOnlyList<string> keys)
    {
        List<string> parts = [];
        foreach (string key in keys)
        {
            if (series.ValueOf(key) is not { } value)
            {
                return null;
            }

            parts.Add($"{key}:{value}");
        }

        return string.Join(',', parts);
    }

    private static double Aggregated(IReadOnlyCollection<double> values, AlertAggregate aggregate) => aggregate switch
    {
        AlertAggregate.Average => values.Average(),
        AlertAggregate.Minimum => values.Min(),
        AlertAggregate.Maximum => values.Max(),
        _ => values.Sum(),
    };
}
