namespace AcodeOps;

/// <summary>Where a step of a run stands.</summary>
public enum RunbookStepStatus
{
    /// <summary>Not begun.</summary>
    Planned,

    /// <summary>Begun, and no end is on record.</summary>
    Running,

    /// <summary>Done and verified.</summary>
    Completed,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Taken back.</summary>
    Undone,

    /// <summary>Could not be taken back.</summary>
    UndoFailed,
}
