namespace AcodeOps;

/// <summary>Which switches, made by a watch by itself, an operator takes note of: from then on a watch may switch again.</summary>
public sealed record AcknowledgementPlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The runs of these switches, newest first.</summary>
    public required IReadOnlyList<string> RunIds { get; init => field = value.ToArray(); }

    /// <summary>What they did, one line each.</summary>
    public required IReadOnlyList<string> Switches { get; init => field = value.ToArray(); }

    /// <inheritdoc />
    public override string ToString() => $"Acknowledge {string.Join("; ", Switches)}";
}
