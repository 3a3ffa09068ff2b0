using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Findings;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Writes a report as one file: of a recovery, or of any switch, from the journal alone, so that any machine makes the same; or
/// of findings, as SARIF or as the annotations of a pipeline. Findings are written also where there are none.
/// </summary>
[Needs(AccessRole.Viewer | AccessRole.Auditor, Need.ReadJournals)]
[Cmdlet(VerbsData.Export, "AcodeReport", SupportsShouldProcess = true, DefaultParameterSetName = "Run")]
[OutputType(typeof(FileInfo), typeof(string))]
public sealed class ExportAcodeReportCommand : EnvironmentCmdlet
{
    private readonly HashSet<string> _meant = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    /// <summary>The run.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Run", ValueFromPipeline = true)]
    [ValidateNotNull]
    public RunbookRun? Run { get; set; }

    /// <summary>The runs, by id.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>The findings, of Test-AcodeConfiguration, Test-AcodeEnvironment or Find-AcodeSecret.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Finding", ValueFromPipeline = true)]
    [ValidateNotNull]
    public Finding? Finding { get; set; }

    /// <summary>The file to write, or the folder to write <c>acode-recovery-RUNID.html</c> or <c>acode-findings.sarif</c> in; by default the current folder.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Of runs Html (the default), Markdown or Json; of findings Sarif (the default), or GitHub and AzureDevOps: lines to the output, no file.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private bool IsOfFindings => Format is ReportFormat.Sarif or ReportFormat.GitHub or ReportFormat.AzureDevOps;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        switch (ParameterSetName)
        {
            case "Finding":
                Format = MyInvocation.BoundParameters.ContainsKey(nameof(Format)) ? Format : ReportFormat.Sarif;
                CheckFormat(isRight: IsOfFindings, "findings", "Sarif, GitHub or AzureDevOps");
                _findings.Add(Finding!);
                return;
            case "Run":
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

    /// <inheritdoc />
    protected override async Task EndAsync(CancellationToken cancel)
    {
        string root = SessionPath.Resolve(".", SessionState);
        if (Format == ReportFormat.Sarif)
        {
            string version = typeof(ExportAcodeReportCommand).Assembly.GetName().Version!.ToString(3);
            await WriteFileAsync(ReportFile.PlaceOf(SessionPath.Resolve(Path, SessionState), Format), SarifReport.Write(_findings, root, version), "findings", cancel);
        }
        else if (IsOfFindings)
        {
            WriteObject(_findings.Select(finding => Format == ReportFormat.GitHub ? AnnotationLines.GitHub(finding, root) : AnnotationLines.AzureDevOps(finding, root)), enumerateCollection: true);
        }
    }

    private Task WriteAsync(RunbookRun run, CancellationToken cancel)
    {
        CheckFormat(isRight: !IsOfFindings, "runs", "Html, Markdown or Json");
        var report = RecoveryReport.Of(run);
        return WriteFileAsync(ReportFile.PlaceOf(SessionPath.Resolve(Path, SessionState), report, Format), ReportFile.TextOf(report, Format), "run", cancel);
    }

    private async Task WriteFileAsync(string path, string text, string what, CancellationToken cancel)
    {
        // Of several runs into one file, each would replace the one before.
        if (!_meant.Add(path) || !Force)
        {
            ReportFile.CheckAbsent(path);
        }

        if (ShouldProcess(path, File.Exists(path) ? $"Replace with the report of the {what}" : $"Write the report of the {what}"))
        {
            WriteObject(await ReportFile.WriteAsync(path, text, Force, cancel));
        }
    }

    private void CheckFormat(bool isRight, string what, string formats)
    {
        if (!isRight)
        {
            throw new AcodeException("ReportFormatUnsuitable", FailureClass.InvalidInput, $"There is no report of {what} as {Format}.") { Advice = $"Use -Format {formats}.", Subject = Format };
        }
    }
}
