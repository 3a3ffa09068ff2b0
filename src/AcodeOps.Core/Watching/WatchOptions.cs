namespace AcodeOps.Watching;

/// <summary>How a watch goes.</summary>
public sealed record WatchOptions
{
    /// <summary>The time from one look to the next, in seconds; null for the environment's.</summary>
    public double? ProbeSeconds { get; init; }

    /// <summary>The time limit of one look, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 5;

    /// <summary>The time from one round of all other checks to the next, in seconds.</summary>
    public double HealthSeconds { get; init; } = 60;

    /// <summary>True for a watch that switches by itself, within the environment's rules.</summary>
    public bool AutoFailover { get; init; }

    /// <summary>Is told the steps of a switch; null for nobody.</summary>
    public IProgress<Runbooks.RunProgress>? Progress { get; init; }
}
