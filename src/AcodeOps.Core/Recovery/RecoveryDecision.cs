namespace AcodeOps;

/// <summary>What is to be done for ingestion to go on.</summary>
public sealed record RecoveryDecision
{
    /// <summary>What is to be done, by its name in <see cref="RecoveryStrategy"/>.</summary>
    public required string Strategy { get; init; }

    /// <summary>The route to switch to; null where none is to be switched to, or where the environment has none of that kind.</summary>
    public RouteDefinition? Route { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The redundancy that is lost, or not known to be there, one part each: <c>backup source: Failed</c>.</summary>
    public IReadOnlyList<string> RedundancyLost { get; init => field = value.ToArray(); } = [];

    /// <summary>True when a route is to be switched to and there is one.</summary>
    public bool IsSwitch => Route is not null;

    /// <summary>True when what is to be done needs a route that the environment does not have.</summary>
    public bool IsRouteMissing => Route is null && Strategy is RecoveryStrategy.Primary or RecoveryStrategy.BackupMySql or RecoveryStrategy.BackupS3 or RecoveryStrategy.BackupMySqlAndS3;

    /// <inheritdoc />
    public override string ToString() => $"{Strategy}: {Reason}";
}
