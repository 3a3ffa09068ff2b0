using System.Management.Automation;
using AcodeOps.Environments;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Writes the report of a recovery, or of any switch, as one file. It is made from the journal alone, so any machine makes the same.
/// </summary>
[Cmdlet(VerbsData.Export, "AcodeReport", SupportsShouldProcess = true, DefaultParameterSetName = "Run")]
[OutputType(typeof(FileInfo))]
public sealed class ExportAcodeReportCommand : EnvironmentCmdlet
{
    private readonly HashSet<string> _meant = new(StringComparer.Ordinal);

    /// <summary>The run.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Run", ValueFromPipeline = true)]
    [ValidateNotNull]
    public RunbookRun? Run { get; set; }

    /// <summary>The runs, by id.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>The file to write, or the folder to write <c>acode-recovery-RUNID.html</c> in; by default the current folder.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Html (the default), Markdown or Json.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (ParameterSetName == "Run")
        {
            await WriteAsync(Run!, cancel);
            return;
        }

        foreach (string runId in RunId)
        {
            try
            {
                await WriteAsync(await new JournalReader(Installation).FindAsync(runId, cancel), cancel);
            }
            catch (AcodeException failure) when (!failure.IsFatal)
            {
                WriteFailure(failure);
            }
        }
    }

    private async Task WriteAsync(RunbookRun run, CancellationToken cancel)
    {
        var report = RecoveryReport.Of(run);
        string path = ReportFile.PlaceOf(SessionPath.Resolve(Path, SessionState), report, Format);

        // Of several runs into one file, each would replace the one before.
        if (!_meant.Add(path) || !Force)
        {
            ReportFile.CheckAbsent(path);
        }

        if (ShouldProcess(path, File.Exists(path) ? "Replace with the report of the run" : "Write the report of the run"))
        {
            WriteObject(await ReportFile.WriteAsync(path, report, Format, Force, cancel));
        }
    }
}
