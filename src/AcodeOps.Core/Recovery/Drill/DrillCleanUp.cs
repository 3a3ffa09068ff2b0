namespace AcodeOps.Recovery.Drill;

/// <summary>How far the clean-up of a rehearsal is, as the journal keeps it.</summary>
internal sealed record DrillCleanUp
{
    /// <summary>True when the shadow connection is gone and its objects were looked for.</summary>
    public bool IsDone { get; init; }

    /// <summary>Objects that were deleted.</summary>
    public int Removed { get; init; }

    /// <summary>Keys of objects that could not be deleted.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];
}
