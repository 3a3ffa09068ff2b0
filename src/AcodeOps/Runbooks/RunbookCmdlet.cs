using System.Management.Automation;
using AcodeOps.Audit;
using AcodeOps.Recovery;
using AcodeOps.Shell;

namespace AcodeOps.Runbooks;

/// <summary>A cmdlet that runs a runbook: shows how far it is, writes the run, and then raises what it failed by.</summary>
public abstract class RunbookCmdlet : EnvironmentCmdlet
{
    /// <summary>
    /// Go on without mutual exclusion, as when the lease's storage is away: for who knows that nobody else works on the
    /// installation. It is put on record.
    /// </summary>
    [Parameter]
    public SwitchParameter WithoutLease { get; set; }

    /// <summary>Why it is done: for the record.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>The engine, whose records come from this session.</summary>
    private protected RunbookEngine Engine => new(Installation, AuditSession.Origin(SessionState));

    /// <summary>How the run is to go, by this cmdlet's parameters.</summary>
    private protected RunOptions Options => new() { WithoutLease = WithoutLease, Reason = Reason };

    /// <summary>A run as it stands; null, with a warning, for what <c>Invoke-AcodeFailover</c> gives where nothing was begun.</summary>
    private protected async Task<RunbookRun?> FindAsync(string runId, CancellationToken cancel)
    {
        if (runId.Length > 0)
        {
            return await new JournalReader(Installation).FindAsync(runId, cancel);
        }

        WriteWarning("What was only planned, or done before, has no run: nothing is done.");
        return null;
    }

    /// <summary>Work on a run that was begun before: where it is a recovery's and now stands otherwise, the notification channels hear how it ended.</summary>
    private protected async Task<RunbookRun> ToldAsync(RunbookRun before, Task<RunbookRun> work, CancellationToken cancel)
    {
        RunbookRun after = await work;
        return after.Status == before.Status ? after : await new RecoveryNotices(Installation).AfterAsync(after, cancel);
    }

    /// <summary>Runs to the end, which after Ctrl-C is that of taking back; writes the run, and raises its failure, so that scripts see both.</summary>
    private protected async Task RunAsync(Func<IProgress<RunProgress>, Task<RunbookRun>> work, CancellationToken cancel)
    {
        ProgressRecord? shown = null;
        Progress<RunProgress> progress = new(step => WriteProgress(shown = RecordOf(step)));
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

        if (shown is not null)
        {
            shown.RecordType = ProgressRecordType.Completed;
            WriteProgress(shown);
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

    private static ProgressRecord RecordOf(RunProgress step) => new(0, step.Title, $"Step {step.StepNumber} of {step.StepCount}: {step.StepTitle}")
    {
        CurrentOperation = step.Text,
        PercentComplete = (int)(100 * (step.StepNumber - 1 + ((step.Percent ?? 0) / 100.0)) / step.StepCount),
    };
}
