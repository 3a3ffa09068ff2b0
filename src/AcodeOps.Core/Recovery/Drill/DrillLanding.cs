using AcodeOps.Routing.Steps;

namespace AcodeOps.Recovery.Drill;

/// <summary>What a rehearsal's sync has landed and how it compares with the source, as the journal keeps it.</summary>
internal sealed record DrillLanding
{
    /// <summary>What landed.</summary>
    public LandedSummary? Landed { get; init; }

    /// <summary>True: complete; false: rows are missing; null: not known.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>Why.</summary>
    public string? Completeness { get; init; }
}
