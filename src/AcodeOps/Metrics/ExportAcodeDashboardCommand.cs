using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Metrics;
using AcodeOps.Metrics.Dashboards;
using AcodeOps.Reports;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Writes a dashboard with every metric of the registry, by category, with its unit, its meaning and the environment's objective as a line:
/// for Grafana over Prometheus, or for Datadog. Without <c>-Path</c> it is one string; nothing is changed anywhere but for the file.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsData.Export, "AcodeDashboard", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportAcodeDashboardCommand : EnvironmentCmdlet
{
    /// <summary>What shows it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public DashboardKind Kind { get; set; }

    /// <summary>The file to write, or the folder to write <c>acode-grafana.json</c> or <c>acode-datadog.json</c> in.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        string text = Dashboard.Of(Kind, Installation.Environment, MetricCatalog.All);
        if (Path is null)
        {
            WriteObject(text);
            return;
        }

        string file = ReportFile.PlaceOf(SessionPath.Resolve(Path, SessionState), Dashboard.FileName(Kind));
        if (!Force)
        {
            ReportFile.CheckAbsent(file);
        }

        if (ShouldProcess(file, File.Exists(file) ? $"Replace with the dashboard for {Kind}" : $"Write the dashboard for {Kind}"))
        {
            WriteFile(await ReportFile.WriteAsync(file, text, Force, cancel));
        }
    }
}
