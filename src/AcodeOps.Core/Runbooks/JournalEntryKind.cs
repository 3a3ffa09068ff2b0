namespace AcodeOps.Runbooks;

/// <summary>What an entry of a run's journal says. Stored in snake case: <c>step_started</c>.</summary>
public enum JournalEntryKind
{
    /// <summary>The run has begun: what it is and who does it. The first entry.</summary>
    RunStarted,

    /// <summary>A process has taken the run up again, to complete it or to take it back.</summary>
    RunResumed,

    /// <summary>A step is about to act.</summary>
    StepStarted,

    /// <summary>A step remembered something in the middle of its act.</summary>
    StepSaved,

    /// <summary>A step is done and verified.</summary>
    StepCompleted,

    /// <summary>A step has failed.</summary>
    StepFailed,

    /// <summary>A step is about to be taken back.</summary>
    UndoStarted,

    /// <summary>A step was taken back.</summary>
    UndoCompleted,

    /// <summary>A step could not be taken back.</summary>
    UndoFailed,

    /// <summary>Everything is done, and the proof is still to come.</summary>
    RunAwaitingProof,

    /// <summary>The operator has stopped the taking back, or the tidying up after the proof: some of it is left to do.</summary>
    RunInterrupted,

    /// <summary>The run has failed and could not be taken back.</summary>
    RunFailed,

    /// <summary>The run is done and proven.</summary>
    RunCompleted,

    /// <summary>What could be done is done, and the rest is for people.</summary>
    RunEscalated,

    /// <summary>The run was taken back.</summary>
    RunUndone,

    /// <summary>The run was done, and another took its place before its proof came.</summary>
    RunSuperseded,
}
