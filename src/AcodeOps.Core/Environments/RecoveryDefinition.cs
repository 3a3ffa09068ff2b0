namespace AcodeOps;

/// <summary>How an assessment looks before a recovery is decided.</summary>
public sealed record RecoveryDefinition
{
    /// <summary>How often each part is looked at.</summary>
    public int Probes { get; init; } = 3;

    /// <summary>How many of these looks must fail for the part to count as failed.</summary>
    public int FailedProbes { get; init; } = 2;

    /// <summary>The time between two looks, in seconds.</summary>
    public double ProbeSeconds { get; init; } = 1;

    /// <summary>How long a recovery plan may be carried out after it was made, in minutes.</summary>
    public double PlanMinutes { get; init; } = 10;

    /// <inheritdoc />
    public override string ToString() => $"{FailedProbes} of {Probes} probes, {ProbeSeconds} s apart";
}
