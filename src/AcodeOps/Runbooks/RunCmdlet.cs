using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Shell;

namespace AcodeOps.Runbooks;

/// <summary>A cmdlet that makes a run of a runbook: shows how far it is, writes the run, and then raises what it failed by.</summary>
[Needs(Need.WriteAudit, Need.WriteJournals)]
public abstract class RunCmdlet : EnvironmentCmdlet
{
    /// <summary>The engine, whose records come from this session.</summary>
    private protected RunbookEngine Engine => new(Installation, AuditSession.Origin(SessionState));

    /// <summary>Runs to the end, which after Ctrl-C is that of taking back; writes the run, and raises its failure, so that scripts see both.</summary>
    private protected async Task RunAsync(Func<IProgress<RunProgress>, Task<RunbookRun>> work, CancellationToken cancel)
    {
        Progress<RunProgress> progress = new(step => Tell(
            $"Step {step.StepNumber} of {step.StepCount}: {step.StepTitle}",
            (int)(100 * (step.StepNumber - 1 + ((step.Percent ?? 0) / 100.0)) / step.StepCount),
            step.Text,
            step.Title));
        RunbookRun run = await work(progress);
        if (cancel.IsCancellationRequested)
        {
            // The stopped pipeline takes nothing any more; what became of the run must be told all the same.
            foreach (string line in run.Warnings.Prepend($"{run}. {run.Error} {run.Advice}".TrimEnd()))
            {
                Host.UI?.WriteWarningLine(line);
            }

            return;
        }

        foreach (string warning in run.Warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(run);
        if (run.ToFailure() is { } failure)
        {
            throw failure;
        }
    }
}
