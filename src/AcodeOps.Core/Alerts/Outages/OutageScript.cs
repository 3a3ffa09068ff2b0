namespace AcodeOps.Alerts.Outages;

/// <summary>The metrics of an outage, with a healthy time before and after it, as a scheduler would have had them measured.</summary>
public sealed class OutageScript
{
    // Long enough for the longest window of a rule to be filled, and to be empty again.
    private const int CollectionsAround = 15;

    private OutageScript(AlertOutage outage, IReadOnlyList<Metric> metrics, DateTimeOffset beginsAt, DateTimeOffset endsAt) => (Outage, Metrics, BeginsAt, EndsAt) = (outage, metrics, beginsAt, endsAt);

    /// <summary>The outage.</summary>
    public AlertOutage Outage { get; }

    /// <summary>All metrics, in the order in which they are measured; those of times when nobody measures are not there.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>When the first collection saw it.</summary>
    public DateTimeOffset BeginsAt { get; }

    /// <summary>When the first collection did not see it any more.</summary>
    public DateTimeOffset EndsAt { get; }

    /// <summary>Plays an outage. Its time begins with the Unix epoch, half a minute past the whole minutes.</summary>
    public static OutageScript Of(AlertOutage outage, AcodeEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(outage);
        AlertSetting setting = new(environment);
        DateTimeOffset first = DateTimeOffset.UnixEpoch.AddSeconds(150);
        IReadOnlyList<Metric> healthy = HealthyMetrics.Of(environment);
        List<Metric> metrics = [];
        int count = (2 * CollectionsAround) + outage.Collections;
        for (int i = 0; i < count; i++)
        {
            DateTimeOffset now = first.AddMinutes(i * setting.EveryMinutes);
            int inside = i - CollectionsAround;
            OutageMoment? moment = inside >= 0 && inside < outage.Collections ? new OutageMoment(setting, inside, (double)inside / Math.Max(1, outage.Collections - 1)) : null;
            foreach (Metric metric in healthy)
            {
                if ((moment is null ? metric : outage.During(metric, moment)) is { } sent)
                {
                    metrics.Add(sent with { MeasuredAt = now });
                }
            }
        }

        return new OutageScript(outage, metrics, first.AddMinutes(CollectionsAround * setting.EveryMinutes), first.AddMinutes((CollectionsAround + outage.Collections) * setting.EveryMinutes));
    }
}
