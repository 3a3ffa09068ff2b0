namespace AcodeOps;

/// <summary>What a watch's view shows at a moment.</summary>
public sealed record WatchFrame
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The looks so far.</summary>
    public required long Looks { get; init; }

    /// <summary>The route that writes; null where none does, or it is not known.</summary>
    public string? ActiveRoute { get; init; }

    /// <summary>Where its data lands; null where that is not known.</summary>
    public string? Location { get; init; }

    /// <summary>How far the replica is behind, in words.</summary>
    public required string Lag { get; init; }

    /// <summary>How old the newest data is, in words.</summary>
    public required string Freshness { get; init; }

    /// <summary>What would have to be done, by its name in <see cref="RecoveryStrategy"/>.</summary>
    public required string Strategy { get; init; }

    /// <summary>Why, or why nothing is.</summary>
    public required string Reason { get; init; }

    /// <summary>What the watch does about it: <c>watches</c>, <c>may switch</c>, or why it does not.</summary>
    public required string Mode { get; init; }

    /// <summary>How all of it is to be taken.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What is looked at all the time, and below it whatever else is not healthy.</summary>
    public required IReadOnlyList<WatchRow> Rows { get; init; }

    /// <summary>How many further checks are healthy, and not shown.</summary>
    public int HealthyBesides { get; init; }

    /// <summary>The last events, the newest last.</summary>
    public required IReadOnlyList<WatchEvent> Events { get; init; }
}
