using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Findings;
using AcodeOps.Health;
using AcodeOps.Maintenance;
using AcodeOps.Recovery;
using AcodeOps.Reports;
using AcodeOps.Runbooks;
using AcodeOps.Shell;
using AcodeOps.Tuning;

namespace AcodeOps.Commands;

/// <summary>
/// Writes a report as one file: of a recovery, of any switch, or of the maintenance, from the journal alone, so that any machine makes the same; of the checks of an
/// installation's health; of a measurement of its performance; or of findings. For pipelines there are test results, SARIF and annotations. Checks and
/// findings are written also where there are none.
/// </summary>
[Needs(AccessRole.Viewer | AccessRole.Auditor, Need.ReadJournals)]
[Cmdlet(VerbsData.Export, "AcodeReport", SupportsShouldProcess = true, DefaultParameterSetName = "Run")]
[OutputType(typeof(FileInfo), typeof(string))]
public sealed class ExportAcodeReportCommand : EnvironmentCmdlet
{
    private readonly HashSet<string> _meant = new(StringComparer.Ordinal);
    private readonly List<HealthCheck> _checks = [];
    private readonly List<Finding> _findings = [];

    /// <summary>The run.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Run", ValueFromPipeline = true)]
    [ValidateNotNull]
    public RunbookRun? Run { get; set; }

    /// <summary>The runs, by id.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] RunId { get; set; } = [];

    /// <summary>The checks, of Test-AcodeHealth or Test-AcodeDeployment.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Check", ValueFromPipeline = true)]
    [ValidateNotNull]
    public HealthCheck? Check { get; set; }

    /// <summary>The measurement, of Measure-AcodePerformance.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Performance", ValueFromPipeline = true)]
    [ValidateNotNull]
    public PerformanceReport? Performance { get; set; }

    /// <summary>The findings, of any cmdlet that puts them out.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Finding", ValueFromPipeline = true)]
    [ValidateNotNull]
    public Finding? Finding { get; set; }

    /// <summary>The file to write, or the folder to write <c>acode-recovery-RUNID.html</c>, <c>acode-maintenance-RUNID.html</c>, <c>acode-health.html</c>, <c>acode-performance.html</c> or <c>acode-findings.sarif</c> in; by default the current folder.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>
    /// Of runs Html (the default), Markdown or Json; of the maintenance also Sarif, Csv, GitHub and AzureDevOps: its findings; of checks Html (the default), Markdown, Json, JUnit, Csv, Sarif; of a measurement the same without JUnit; of
    /// findings Sarif (the default), Csv or Json. Of all but runs also GitHub and AzureDevOps: lines to the output, no file.
    /// </summary>
    [Parameter]
    public ReportFormat? Format { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // A pipeline that brings nothing tells no kind: then the format does.
    private ReportSubject? Collected => (ParameterSetName, Format) switch
    {
        ("Check", _) or ("Run", ReportFormat.JUnit) => new HealthReportSubject(_checks, Installation.Environment.Name, Installation.Clock.GetUtcNow()),
        ("Finding", _) or ("Run", ReportFormat.Sarif or ReportFormat.GitHub or ReportFormat.AzureDevOps) => new FindingReportSubject(_findings),
        _ => null,
    };

    private static ReportSubject SubjectOf(RunbookRun run) => run.Plan is MaintenancePlan ? new MaintenanceReportSubject(run) : new RunReportSubject(run);

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        switch (ParameterSetName)
        {
            case "Run":
                await WriteAsync(SubjectOf(Run!), cancel);
                return;
            case "Id":
                await WriteAsync(cancel);
                return;
            case "Performance":
                await WriteAsync(new PerformanceReportSubject(Performance!), cancel);
                return;
            case "Check":
                _checks.Add(Check!);
                break;
            default:
                _findings.Add(Finding!);
                break;
        }

        Collected!.Check(Format ?? Collected.Formats[0]);
    }

    /// <inheritdoc />
    protected override Task EndAsync(CancellationToken cancel) => Collected is { } subject ? WriteAsync(subject, cancel) : Task.CompletedTask;

    private async Task WriteAsync(CancellationToken cancel)
    {
        foreach (string runId in RunId)
        {
            try
            {
                await WriteAsync(SubjectOf(await new JournalReader(Installation).FindAsync(runId, cancel)), cancel);
            }
            catch (AcodeException failure) when (!failure.IsFatal)
            {
                WriteFailure(failure);
            }
        }
    }

    private async Task WriteAsync(ReportSubject subject, CancellationToken cancel)
    {
        ReportFormat format = Format ?? subject.Formats[0];
        subject.Check(format);
        string text = subject.Write(format, new ReportSetting(() => Installation.Charts, SessionPath.Resolve(".", SessionState), typeof(ExportAcodeReportCommand).Assembly.GetName().Version!.ToString(3)));
        if (format is ReportFormat.GitHub or ReportFormat.AzureDevOps)
        {
            WriteObject(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), enumerateCollection: true);
            return;
        }

        // Of several runs into one file, each would replace the one before.
        string path = ReportFile.PlaceOf(SessionPath.Resolve(Path, SessionState), subject.FileName, format);
        if (!_meant.Add(path) || !Force)
        {
            ReportFile.CheckAbsent(path);
        }

        if (ShouldProcess(path, File.Exists(path) ? $"Replace with the report of the {subject.Name}" : $"Write the report of the {subject.Name}"))
        {
            WriteFile(await ReportFile.WriteAsync(path, text, Force, cancel));
        }
    }
}
