namespace AcodeOps;

/// <summary>A figure over the last runs of the maintenance.</summary>
public sealed record MaintenanceTrend
{
    /// <summary>What it is.</summary>
    public required string Name { get; init; }

    /// <summary>Its unit; empty for none.</summary>
    public required string Unit { get; init; }

    /// <summary>Its values, the oldest first; the last is this run's.</summary>
    public IReadOnlyList<TrendPoint> Points { get; init => field = value.ToArray(); } = [];

    /// <summary>What it has changed by since the run before, as a share of that: 0.1 is a tenth more. Null without a run before, or where that had 0.</summary>
    public double? Change => Points is [.., { Value: not 0 and var before }, { Value: var now }] ? Math.Round((now - before) / Math.Abs(before), 4) : null;

    /// <inheritdoc />
    public override string ToString() => $"{Name}: {string.Join(", ", Points.Select(point => FormattableString.Invariant($"{point.Value:0.###}")))} {Unit}".TrimEnd();
}

/// <summary>A value of a trend.</summary>
/// <param name="At">When its run began, UTC.</param>
/// <param name="Value">The value.</param>
public sealed record TrendPoint(DateTimeOffset At, double Value);

/// <summary>What is otherwise than in the run before.</summary>
public sealed record MaintenanceChange
{
    /// <summary>The run before; null where there was none.</summary>
    public string? Since { get; init; }

    /// <summary>When that run began, UTC.</summary>
    public DateTimeOffset? SinceAt { get; init; }

    /// <summary>The figures of this run, with those of the runs before.</summary>
    public IReadOnlyList<MaintenanceTrend> Trends { get; init => field = value.ToArray(); } = [];

    /// <summary>The findings that the run before did not have: <c>rule target</c>.</summary>
    public IReadOnlyList<string> New { get; init => field = value.ToArray(); } = [];

    /// <summary>The findings of the run before that are gone. Only of tasks that were done in both.</summary>
    public IReadOnlyList<string> Gone { get; init => field = value.ToArray(); } = [];
}
