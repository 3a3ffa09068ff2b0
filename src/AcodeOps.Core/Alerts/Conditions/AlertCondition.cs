namespace AcodeOps.Alerts;

/// <summary>
/// When a rule fires. The kinds are few and closed: each can be evaluated on recorded series, and be written in the query
/// languages of Datadog and Prometheus, with the same result.
/// </summary>
public abstract record AlertCondition
{
    private protected AlertCondition()
    {
    }

    /// <summary>The stretch of time up to now that is looked at, in minutes.</summary>
    public required int WindowMinutes { get; init; }

    /// <summary>The keys of the tags by which it is told apart: each group fires by itself. Empty for one alert of all series.</summary>
    public IReadOnlyList<string> GroupBy { get; init => field = value.ToArray(); } = [];

    /// <summary>The series that it looks at.</summary>
    public abstract IReadOnlyList<AlertTerm> Terms { get; }

    /// <summary>What the figure is held against, in the unit of the metric.</summary>
    public abstract double Threshold { get; init; }

    /// <summary>How long a fault has to last before it can fire, in minutes.</summary>
    /// <param name="everyMinutes">How often metrics are collected.</param>
    public abstract int HoldMinutes(int everyMinutes);
}
