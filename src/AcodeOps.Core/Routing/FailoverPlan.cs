using System.Text.Json.Serialization;

namespace AcodeOps;

/// <summary>A switch of ingestion to another route, as it would be made: what changes, what is at risk, and what stands against it.</summary>
public sealed record FailoverPlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was made, UTC. What was seen then is what is consented to.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The routes that may write now and will be switched off; none when no route is active.</summary>
    public required IReadOnlyList<PlannedRoute> From { get; init => field = value.ToArray(); }

    /// <summary>The route that wrote last: its state is carried, its half-written objects are looked for. Null when none is known.</summary>
    public PlannedRoute? Origin { get; init; }

    /// <summary>The route that will write.</summary>
    public required PlannedRoute To { get; init; }

    /// <summary>Where data will land.</summary>
    public string? Location => To.Route.Location;

    /// <summary>The newest processing time that the new source holds, UTC; null where it is not known.</summary>
    public DateTimeOffset? DataUpTo { get; init; }

    /// <summary>How far the new source is behind the old one, in seconds: 0 for the same source, null where it is not known.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>When the fault began, UTC, as told or as the replica saw its source for the last time; null where it is not known.</summary>
    public DateTimeOffset? FaultAt { get; init; }

    /// <summary>What the switch means for each stream.</summary>
    public IReadOnlyList<StreamSwitch> Streams { get; init => field = value.ToArray(); } = [];

    /// <summary>Syncs that run on routes that will be switched off.</summary>
    public IReadOnlyList<Sync> RunningSyncs { get; init => field = value.ToArray(); } = [];

    /// <summary>What becomes of them.</summary>
    public RunningSyncPolicy RunningSyncPolicy { get; init; }

    /// <summary>What becomes of the state of incremental streams.</summary>
    public StatePolicy StatePolicy { get; init; }

    /// <summary>The longest that a sync may take, in minutes: so long its proof is waited for.</summary>
    public double SyncMinutes { get; init; } = 180;

    /// <summary>True when the operator has consented to the loss of what the new source does not have.</summary>
    public bool AllowsDataLoss { get; init; }

    /// <summary>The conditions, and whether they hold.</summary>
    public IReadOnlyList<FailoverGate> Gates { get; init => field = value.ToArray(); } = [];

    /// <summary>What was seen when the switch was decided, where a recovery decided it; null where an operator did.</summary>
    public RecoveryAssessment? Assessment { get; init; }

    /// <summary>True when a watch has decided it by itself: the outage must still be there when the switch begins.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>What to know besides: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>True when the switch may be made.</summary>
    public bool IsAllowed => Gates.All(g => g.IsPassed);

    /// <summary>True when the route writes already, and no other does: there is nothing to do.</summary>
    public bool IsDone => From.Count == 0 && To.Route.IsActive;

    /// <summary>Rows that the old source has and the new one does not; null where that is not known for every stream.</summary>
    public long? RowsAtRisk => Streams.Count > 0 && Streams.All(s => s.RowsAtRisk is not null) ? Streams.Sum(s => s.RowsAtRisk) : null;

    /// <summary>Rows that will be read although the lake has them; null where that is not known for every incremental stream.</summary>
    public long? RowsReadTwice => Streams.All(s => s.StatePolicy is null || s.RowsReadTwice is not null) ? Streams.Sum(s => s.RowsReadTwice ?? 0) : null;

    /// <summary>What it does, for people.</summary>
    [JsonIgnore]
    public string Title => IsOfOneRoute ? $"Load by {To} anew" : $"Switch from {(From.Count == 0 ? "no route" : string.Join(" and ", From))} to {To}";

    /// <summary>True when the route that wrote is the one that will write: it is off for a while, and loads anew.</summary>
    internal bool IsOfOneRoute => Origin?.Connection.ConnectionId == To.Connection.ConnectionId;

    /// <inheritdoc />
    public override string ToString() => Title;
}
