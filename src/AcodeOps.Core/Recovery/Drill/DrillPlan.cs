using System.Text.Json.Serialization;

namespace AcodeOps;

/// <summary>A rehearsal of a recovery by a standby route, as it would be made. Neither the standby nor the lake is changed by it.</summary>
public sealed record DrillPlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The route that is rehearsed.</summary>
    public required PlannedRoute To { get; init; }

    /// <summary>The routes that write now; none when no route is active.</summary>
    public IReadOnlyList<PlannedRoute> From { get; init => field = value.ToArray(); } = [];

    /// <summary>The route that wrote last: a switch would carry its state. Null when none is known.</summary>
    public PlannedRoute? Origin { get; init; }

    /// <summary>The longest that a sync may take, in minutes: so long the proof is waited for.</summary>
    public double SyncMinutes { get; init; } = 180;

    /// <summary>The rows that the standby's last sync brought; null where there was none, or it reads on from a cursor.</summary>
    public long? RowsExpected { get; init; }

    /// <summary>What to know besides: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>What it does, for people.</summary>
    [JsonIgnore]
    public string Title => $"Drill: rehearse route {To}";

    /// <inheritdoc />
    public override string ToString() => Title;
}
