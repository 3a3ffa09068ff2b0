using System.Globalization;
using AcodeOps.Documents;
using AcodeOps.Secrets.Scanning;
using AcodeOps.Shell;

namespace AcodeOps.Secrets;

/// <summary>Shows a search for secrets as it goes: findings as they come, or one answer at the end; what was left out; how far it is.</summary>
/// <param name="cmdlet">The cmdlet that searches.</param>
/// <param name="quiet">Answer at the end only.</param>
internal sealed class SecretSearchShow(AcodeCmdlet cmdlet, bool quiet)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private long _shown = TimeProvider.System.GetTimestamp();
    private long _looked;
    private bool _isClean = true;

    /// <summary>Shows one event.</summary>
    public void Tell(ScanEvent one)
    {
        if (one.Finding is { } finding)
        {
            _isClean &= finding.Severity != FindingSeverity.Error;
            if (!quiet)
            {
                cmdlet.WriteObject(finding);
            }
        }
        else if (one.Failure is { } failure)
        {
            _isClean = false;
            cmdlet.WriteError(failure.ToErrorRecord());
        }
        else if (one.Note is { } note)
        {
            cmdlet.WriteVerbose(note);
        }
        else
        {
            _looked++;
            ShowProgress(one.Done ?? "");
        }
    }

    /// <summary>Ends it.</summary>
    public void End()
    {
        if (quiet)
        {
            cmdlet.WriteObject(_isClean);
        }
    }

    private void ShowProgress(string done)
    {
        if (TimeProvider.System.GetElapsedTime(_shown) >= Pace)
        {
            _shown = TimeProvider.System.GetTimestamp();
            cmdlet.Tell(string.Create(CultureInfo.CurrentCulture, $"{_looked:N0} files looked at"), operation: Legible.OnOneLine(done.Length > 80 ? done[^80..] : done));
        }
    }
}
