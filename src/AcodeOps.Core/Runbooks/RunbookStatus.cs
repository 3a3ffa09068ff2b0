namespace AcodeOps;

/// <summary>Where a run of a runbook stands.</summary>
public enum RunbookStatus
{
    /// <summary>Only planned: nothing was done.</summary>
    Planned,

    /// <summary>A process works on it, or worked on it and was cut off before it could say so.</summary>
    Running,

    /// <summary>Everything is done, and the proof that it worked is still to come: <c>Resume-AcodeRunbook</c> completes it.</summary>
    AwaitingProof,

    /// <summary>Its taking back, or its tidying up after the proof, was stopped by its operator, in order: <c>Resume-AcodeRunbook</c> or <c>Undo-AcodeRunbook</c>.</summary>
    Interrupted,

    /// <summary>Failed, and could not be undone by itself: <c>Resume-AcodeRunbook</c> or <c>Undo-AcodeRunbook</c>.</summary>
    Failed,

    /// <summary>Done and proven.</summary>
    Completed,

    /// <summary>Ended without having solved what it was for: the rest is for people, and the error says what.</summary>
    Escalated,

    /// <summary>Taken back: what its steps had changed is as it was before.</summary>
    Undone,

    /// <summary>Done, and another run took its place before its proof came.</summary>
    Superseded,
}
