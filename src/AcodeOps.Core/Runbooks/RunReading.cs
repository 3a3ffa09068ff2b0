namespace AcodeOps.Runbooks;

/// <summary>One run that was read, or why it cannot be read while others can.</summary>
/// <param name="Run">The run, or null.</param>
/// <param name="Failure">What is wrong with it, naming it; or null.</param>
public readonly record struct RunReading(RunbookRun? Run, AcodeException? Failure);
