using System.Management.Automation;

namespace AcodeOps.Module.Tests.Hosting;

/// <summary>Everything that a script said, stream by stream.</summary>
/// <param name="Output">The objects on the output stream.</param>
/// <param name="Failure">The terminating error; null when the script ran to its end.</param>
/// <param name="Errors">The non-terminating errors.</param>
/// <param name="Warnings">The warnings.</param>
/// <param name="Verbose">The verbose lines.</param>
/// <param name="Information">The information records, those of Write-Host among them.</param>
/// <param name="Progress">The progress records.</param>
/// <param name="HostText">What the host showed on its own, as questions and What if lines.</param>
public sealed record ScriptResult(
    IReadOnlyList<PSObject> Output,
    ErrorRecord? Failure,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<InformationRecord> Information,
    IReadOnlyList<ProgressRecord> Progress,
    string HostText)
{
    /// <summary>The one object that the script was to give.</summary>
    public PSObject Only => Assert.Single(Output);

    /// <summary>The script's output after it was to go without any error.</summary>
    public IReadOnlyList<PSObject> Clean()
    {
        Assert.Null(Failure);
        Assert.Empty(Errors);
        return Output;
    }
}
