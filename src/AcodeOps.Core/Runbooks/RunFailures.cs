namespace AcodeOps.Runbooks;

/// <summary>The engine's own failures.</summary>
internal static class RunFailures
{
    public const string StoppedId = "RunStopped";
    public const string TimedOutId = "StepTimedOut";

    /// <summary>Of a proof that cannot be had yet, and speaks for nothing being wrong.</summary>
    public const string ProofPendingId = "ProofPending";

    public static AcodeException Stopped(RunbookStep step) =>
        new(StoppedId, FailureClass.Refused, $"The run was stopped by its operator at '{step.Title}'.") { Subject = step.Name };

    public static AcodeException TimedOut(RunbookStep step) =>
        new(TimedOutId, FailureClass.Timeout, $"'{step.Title}' was not done within {step.Timeout.TotalSeconds:0} s.") { Subject = step.Name };

    public static AcodeException LeaseRanOut(RunbookStep step) =>
        new("LeaseLost", FailureClass.Conflict, $"The lease could not be renewed while '{step.Title}' was at work.") { Subject = step.Name };

    public static AcodeException Fault(RunbookStep step, Exception fault) =>
        new("StepFaulted", FailureClass.Unknown, $"'{step.Title}' ended by a fault of the module: {fault.GetType().Name}: {fault.Message}", fault)
        {
            Advice = "Please report it.",
            Subject = step.Name,
        };

    public static AcodeException Unfinished(RunbookRun run) => new(
        "RunUnfinished", FailureClass.Conflict, $"Run {run.RunId} ({run.Title}) of {run.StartedBy} is not finished: {run.Status}.")
    {
        Advice = $"Resume-AcodeRunbook {run.RunId} completes it, Undo-AcodeRunbook {run.RunId} takes it back.",
        Subject = run,
    };

    public static AcodeException Overtaken(string runId, RunbookRun later) => new(
        "RunOvertaken", FailureClass.Refused, $"Run {runId} cannot be taken back: run {later.RunId} ({later.Title}) came after it and is {later.Status}.")
    {
        Advice = $"Take back the later one first: Undo-AcodeRunbook {later.RunId}.",
        Subject = runId,
    };

    public static AcodeException Ended(RunbookRun run) => new(
        $"Run{run.Status}", FailureClass.Refused, $"Run {run.RunId} ({run.Title}) has ended: {run.Status}.")
    {
        Advice = "Start it anew where it is still wanted.",
        Subject = run,
        IsFatal = false,
    };

    public static AcodeException Taken(string runId, ProcessStamp process) => new(
        "RunTaken", FailureClass.Conflict, $"{process} works on run {runId}.")
    {
        Advice = "Wait for it to end, or stop it there.",
        Subject = runId,
    };

    public static AcodeException Unknown(RunStart start, string runId, Exception? inner) => new(
        "RunbookUnknown", FailureClass.InvalidInput, $"This version of the module cannot read the plan of run {runId}: {start.Runbook}.", inner)
    {
        Advice = "Use the version of the module that began it: its journal names it.",
        Subject = runId,
    };

    public static AcodeException Elsewhere(RunStart start, string runId) => new(
        "RunOfAnotherEnvironment", FailureClass.InvalidInput, $"Run {runId} is of environment '{start.Environment}'.")
    {
        Advice = $"Name it: -Environment {start.Environment}.",
        Subject = runId,
    };
}
