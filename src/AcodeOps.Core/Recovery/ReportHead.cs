namespace AcodeOps.Recovery;

/// <summary>What every report takes from its run as it is, whatever the run was for.</summary>
internal static class ReportHead
{
    /// <summary>A report that is not judged yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="strategy">What was decided.</param>
    /// <param name="decidedAt">When.</param>
    public static RecoveryReport Of(RunbookRun run, string strategy, DateTimeOffset decidedAt) => new()
    {
        RunId = run.RunId,
        Title = run.Title,
        Environment = run.Environment,
        Strategy = strategy,
        Status = run.Status,
        Verdict = Verdict.Unknown,
        Headline = "",
        Summary = "",
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        StartedBy = run.StartedBy,
        Reason = run.Reason,
        Steps = run.Steps,
        DecidedAt = decidedAt,
        ErrorId = run.ErrorId,
        Error = run.Error,
        Advice = run.Advice,
        Warnings = run.Warnings,
    };
}
