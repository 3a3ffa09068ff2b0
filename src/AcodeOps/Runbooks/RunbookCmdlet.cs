using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Recovery;

namespace AcodeOps.Runbooks;

/// <summary>A cmdlet that runs runbooks which change the installation: one at a time, under the lease.</summary>
[Needs(Need.HoldLease)]
public abstract class RunbookCmdlet : RunCmdlet
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
}
