namespace AcodeOps;

/// <summary>A step of a run: what it did and what was seen.</summary>
public sealed record RunbookStepRun
{
    /// <summary>Its stable name: <c>switch_off_old_route</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunbookStepStatus Status { get; init; }

    /// <summary>When it began, UTC; null before that.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC; null before that.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it took, in seconds; null until it has ended.</summary>
    public double? DurationSeconds => EndedAt - StartedAt is { } time ? Math.Round(time.TotalSeconds, 3) : null;

    /// <summary>What was done and seen, one fact a line.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>The stable id of its failure; null without one.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What failed; null without a failure.</summary>
    public string? Error { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Title}: {Status}";
}
