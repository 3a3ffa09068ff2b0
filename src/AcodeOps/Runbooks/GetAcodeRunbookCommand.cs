using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Runbooks;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Gets the runs of runbooks, newest first, each as it is read: those of the last 30 days, wherever they were begun. A run
/// that cannot be read is an error of its own.
/// </summary>
[Needs(AccessRole.Viewer | AccessRole.Auditor | AccessRole.Rotator, Need.ReadJournals)]
[Cmdlet(VerbsCommon.Get, "AcodeRunbook", DefaultParameterSetName = "Days")]
[OutputType(typeof(RunbookRun))]
public sealed class GetAcodeRunbookCommand : EnvironmentCmdlet
{
    /// <summary>The runs, by id.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] RunId { get; set; } = [];

    /// <summary>Only runs of which something is left to do.</summary>
    [Parameter(ParameterSetName = "Days")]
    public SwitchParameter Unfinished { get; set; }

    /// <summary>How many days back.</summary>
    [Parameter(ParameterSetName = "Days")]
    [ValidateRange(1, 3650)]
    public int Days { get; set; } = JournalReader.Days;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        JournalReader reader = new(Installation);
        foreach (string runId in RunId)
        {
            await WriteRunAsync(reader, runId, cancel);
        }

        if (RunId.Length > 0)
        {
            return;
        }

        await foreach (RunReading reading in reader.ReadAsync(Days, Unfinished, cancel))
        {
            if (reading.Failure is { } failure)
            {
                WriteFailure(failure);
            }
            else
            {
                WriteObject(reading.Run);
            }
        }
    }

    private async Task WriteRunAsync(JournalReader reader, string runId, CancellationToken cancel)
    {
        try
        {
            WriteObject(await reader.FindAsync(runId, cancel));
        }
        catch (AcodeException failure) when (!failure.IsFatal)
        {
            WriteFailure(failure);
        }
    }
}
