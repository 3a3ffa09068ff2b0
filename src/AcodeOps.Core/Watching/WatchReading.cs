namespace AcodeOps;

/// <summary>What one look of a watch has found, drawn together with those before it.</summary>
public sealed record WatchReading
{
    /// <summary>The number of the look, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the last looks say together.</summary>
    public required RecoveryAssessment Assessment { get; init; }

    /// <summary>What would have to be done.</summary>
    public required RecoveryDecision Decision { get; init; }

    /// <summary>What this look has found, and the rounds of other checks that ended since the look before.</summary>
    public required IReadOnlyList<HealthCheck> Checks { get; init => field = value.ToArray(); }

    /// <summary>How far the replica is behind, in seconds; null where it does not tell. See <see cref="RecoveryAssessment.LastKnownLag"/>.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>Why the watch does not do it by itself; null where nothing is to be done, or it has been done.</summary>
    public SwitchHold? Hold { get; init; }

    /// <summary>The run that the watch has made since the look before; null for none.</summary>
    public RunbookRun? Run { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Decision}{(Hold is null ? "" : $" ({Hold.Id})")}";
}
