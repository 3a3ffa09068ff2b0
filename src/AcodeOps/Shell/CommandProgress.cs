using System.Globalization;
using System.Management.Automation;

namespace AcodeOps.Shell;

/// <summary>
/// How far a command is. What it tells is shown at once; of one that tells nothing, after two seconds and once a second, how long
/// it has been running: nobody has to guess whether a shell hangs.
/// </summary>
/// <param name="cmdlet">The command.</param>
internal sealed class CommandProgress(PSCmdlet cmdlet)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private ProgressRecord? _shown;
    private bool _hasTold;

    /// <summary>Shows what the command says of itself.</summary>
    /// <param name="status">What it is at.</param>
    /// <param name="percent">How much of it is done; null where that is not known.</param>
    /// <param name="operation">What exactly it does now.</param>
    /// <param name="activity">What is under way; the command's name where it is null.</param>
    public void Tell(string status, int? percent, string? operation, string? activity)
    {
        _hasTold = true;
        Show(status, percent, operation, activity);
    }

    /// <summary>Waits for the work, and shows that it is going on as long as it says nothing of itself.</summary>
    public async Task WatchAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            TimeSpan passed = TimeProvider.System.GetElapsedTime(_begun);
            await work.WaitAsync(passed < Patience ? Patience - passed : Step).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (!work.IsCompleted && !_hasTold)
            {
                Show(string.Create(CultureInfo.CurrentCulture, $"{TimeProvider.System.GetElapsedTime(_begun).TotalSeconds:0} s"), percent: null, operation: null, activity: null);
            }
        }

        await work;
    }

    /// <summary>Takes off the screen what was shown.</summary>
    public void End()
    {
        if (_shown is { } last)
        {
            last.RecordType = ProgressRecordType.Completed;
            Write(last);
            (_shown, _hasTold) = (null, false);
        }
    }

    private void Show(string status, int? percent, string? operation, string? activity)
    {
        _shown = new ProgressRecord(0, activity ?? cmdlet.MyInvocation.MyCommand.Name, status) { CurrentOperation = operation, PercentComplete = percent ?? -1 };
        Write(_shown);
    }

    private void Write(ProgressRecord record)
    {
        try
        {
            cmdlet.WriteProgress(record);
        }
        catch (PipelineStoppedException)
        {
            // After Ctrl-C nothing is shown any more, and the operation must not notice.
        }
    }
}
