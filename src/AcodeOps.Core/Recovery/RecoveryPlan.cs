namespace AcodeOps;

/// <summary>What a recovery would do, on what grounds, and what is at risk. It holds for a while only.</summary>
public sealed record RecoveryPlan
{
    /// <summary>The name of the environment.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Until when it may be carried out, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What was seen.</summary>
    public required RecoveryAssessment Assessment { get; init; }

    /// <summary>What was decided.</summary>
    public required RecoveryDecision Decision { get; init; }

    /// <summary>The name of what is to be done: <c>none</c>, <c>backup_mysql</c>, <c>full_dr</c>.</summary>
    public string Strategy => Decision.Strategy;

    /// <summary>The switch; null where there is none to make.</summary>
    public FailoverPlan? Switch { get; init; }

    /// <summary>What is loaded anew; null where no data is corrupted.</summary>
    public ReloadPlan? Reload { get; init; }

    /// <summary>What stands in the way, or will when the next part fails: a missing route, a lost redundancy.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = value.ToArray(); } = [];

    /// <summary>What will be done, in order; where that is not for a machine to do, what people must.</summary>
    public IReadOnlyList<string> Steps { get; init => field = value.ToArray(); } = [];

    /// <summary>Rows of the old source that the new one lacks, or of corrupted data that the source lacks; null where it is not known.</summary>
    public long? RowsAtRisk => Reload is null ? Switch?.RowsAtRisk : Reload.RowsAtRisk;

    /// <summary>True when <c>Start-AcodeDisasterRecovery</c> can carry it out, or has nothing to do.</summary>
    public bool IsExecutable => Strategy == RecoveryStrategy.None || Switch is { IsAllowed: true } || Reload is { IsAllowed: true };

    /// <summary>The steps in one line, numbered: as the advice of a failure.</summary>
    internal string StepsInOrder => string.Join(" ", Steps.Select((step, index) => $"{index + 1}. {step.TrimEnd('.')}."));

    /// <inheritdoc />
    public override string ToString() => Decision.ToString();
}
