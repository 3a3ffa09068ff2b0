namespace AcodeOps;

/// <summary>One condition of a switch, and whether it holds.</summary>
public sealed record FailoverGate
{
    /// <summary>The condition: <c>target source</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What was seen.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was seen, in a line.</summary>
    public required string Summary { get; init; }

    /// <summary>True when the switch may be made as far as this goes. Unknown never passes.</summary>
    public required bool IsPassed { get; init; }

    /// <summary>The stable id of what stands against it; null when nothing does.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What to do about it; null when nothing stands against it.</summary>
    public string? Remedy { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Name}: {Verdict} ({Summary})";
}
