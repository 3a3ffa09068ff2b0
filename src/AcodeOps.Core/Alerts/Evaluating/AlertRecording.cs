using AcodeOps.Metrics;

namespace AcodeOps.Alerts;

/// <summary>Metrics of some time, as a monitoring system would have them: under the tags that sending adds, without what was not known.</summary>
public sealed class AlertRecording
{
    /// <summary>The most figures that one holds: what a hundred metrics are in a month of collections every five minutes.</summary>
    public const int MostFigures = 2_000_000;

    private readonly Dictionary<string, Dictionary<string, AlertSeries>> _metrics = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _figures;

    private AlertRecording()
    {
    }

    /// <summary>The metrics that there is a figure of.</summary>
    public IReadOnlyCollection<string> Metrics => _metrics.Keys;

    /// <summary>When the first metric was measured, UTC; null where there is none.</summary>
    public DateTimeOffset? BeginAt { get; private set; }

    /// <summary>When the last metric was measured, UTC; null where there is none.</summary>
    public DateTimeOffset? EndAt { get; private set; }

    /// <summary>Makes one of metrics, in any order.</summary>
    /// <exception cref="AcodeException"><c>RecordingTooLong</c>.</exception>
    public static AlertRecording Of(IEnumerable<Metric> metrics, AcodeEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        AlertRecording recording = new();
        foreach (Metric metric in metrics)
        {
            recording.Add(metric, environment);
        }

        return recording;
    }

    /// <summary>Makes one of a single collection, as though it had been so for some time.</summary>
    /// <param name="metrics">The metrics of one collection.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="minutes">For how long.</param>
    public static AlertRecording Steady(IReadOnlyCollection<Metric> metrics, AcodeEnvironment environment, int minutes) =>
        Of(Enumerable.Range(0, (minutes / environment.Metrics.EveryMinutes) + 1).SelectMany(back => metrics.Select(metric => metric with { MeasuredAt = metric.MeasuredAt.AddMinutes(-back * environment.Metrics.EveryMinutes) })), environment);

    /// <summary>Whether a metric was measured at all, be it in vain: what nobody asked for is not missing.</summary>
    internal bool HasSeen(string metric) => _seen.Contains(metric);

    /// <summary>The minutes since the Unix epoch, of a moment.</summary>
    internal static long MinuteOf(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMinute;

    /// <summary>The moment of a minute.</summary>
    internal static DateTimeOffset TimeOf(long minute) => DateTimeOffset.UnixEpoch.AddMinutes(minute);

    /// <summary>The series of a metric.</summary>
    internal IReadOnlyCollection<AlertSeries> Of(string metric) => _metrics.TryGetValue(metric, out Dictionary<string, AlertSeries>? series) ? series.Values : [];

    private void Add(Metric metric, AcodeEnvironment environment)
    {
        BeginAt = BeginAt is null || metric.MeasuredAt < BeginAt ? metric.MeasuredAt : BeginAt;
        EndAt = EndAt is null || metric.MeasuredAt > EndAt ? metric.MeasuredAt : EndAt;
        _seen.Add(metric.Name);
        // What is not known is sent nowhere.
        if (metric.Value is not { } value || !double.IsFinite(value))
        {
            return;
        }

        if (++_figures > MostFigures)
        {
            throw new AcodeException("RecordingTooLong", FailureClass.InvalidInput, FormattableString.Invariant($"The recording has more than {MostFigures:#,0} figures.")) { Advice = "Replay a shorter stretch of it." };
        }

        IReadOnlyList<string> tags = SentTags.Of(metric, environment);
        Dictionary<string, AlertSeries> series = _metrics.TryGetValue(metric.Name, out Dictionary<string, AlertSeries>? known) ? known : _metrics[metric.Name] = new(StringComparer.Ordinal);
        string key = string.Join('\n', tags.Order(StringComparer.Ordinal));
        if (!series.TryGetValue(key, out AlertSeries? one))
        {
            series[key] = one = new AlertSeries(tags, MetricCatalog.Find(metric.Name)?.Kind ?? metric.Kind);
        }

        one.Add(MinuteOf(metric.MeasuredAt), value);
    }
}
