namespace AcodeOps.Routing;

/// <summary>What an operator asks for.</summary>
public sealed record FailoverRequest
{
    /// <summary>The routes to choose from, by name: the first usable one in the environment's order is taken. All of them when empty.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Only routes that read this source; null for any.</summary>
    public SourceRole? Source { get; init; }

    /// <summary>Only routes that write this storage; null for any.</summary>
    public StorageRole? Storage { get; init; }

    /// <summary>What becomes of the state of incremental streams.</summary>
    public StatePolicy StatePolicy { get; init; }

    /// <summary>What becomes of a sync that runs on the old route.</summary>
    public RunningSyncPolicy RunningSyncs { get; init; }

    /// <summary>Consent to the loss of what the new source does not have.</summary>
    public bool AllowDataLoss { get; init; }

    /// <summary>When the fault began, UTC; null where the operator does not know.</summary>
    public DateTimeOffset? FaultAt { get; init; }

    /// <summary>The time limit for looking at the servers, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 5;
}
