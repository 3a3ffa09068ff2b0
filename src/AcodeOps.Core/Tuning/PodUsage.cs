namespace AcodeOps;

/// <summary>What a container of a pod uses, by the cluster's metrics.</summary>
public sealed record PodUsage
{
    /// <summary>The pod.</summary>
    public required string Pod { get; init; }

    /// <summary>The container.</summary>
    public required string Container { get; init; }

    /// <summary>Processors used on average over <see cref="Window"/>: 0.25 is a quarter of one.</summary>
    public required double Cores { get; init; }

    /// <summary>Memory in use, in bytes.</summary>
    public required double MemoryBytes { get; init; }

    /// <summary>The processors that it may use at most; null for no limit, or an unknown one.</summary>
    public double? CoreLimit { get; init; }

    /// <summary>The bytes of memory that it may use at most; null for no limit, or an unknown one.</summary>
    public double? MemoryLimitBytes { get; init; }

    /// <summary>When it was measured, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Over how long.</summary>
    public required TimeSpan Window { get; init; }
}
