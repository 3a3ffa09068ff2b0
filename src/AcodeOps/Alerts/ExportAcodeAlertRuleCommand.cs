using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Alerts.Publishing;
using AcodeOps.Environments;
using AcodeOps.Reports;

namespace AcodeOps.Commands;

/// <summary>
/// Writes alert rules for whoever keeps them otherwise than by Publish-AcodeAlertRule: monitors of Datadog as JSON or for Terraform, or a rule
/// file of Prometheus. Without rules in the pipeline it writes all that the environment has. The same rules make the same file, byte by byte.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsData.Export, "AcodeAlertRule", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAcodeAlertRuleCommand : AlertRuleCmdlet
{
    /// <summary>The file to write, or the folder to write <c>acode-alerts.json</c>, <c>.tf</c> or <c>.yml</c> in; by default the current folder.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Datadog (the default), Terraform or Prometheus.</summary>
    [Parameter]
    public AlertFormat Format { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override async Task EndAsync(CancellationToken cancel)
    {
        IReadOnlyList<AlertRule> rules = Rules;
        string path = ReportFile.PlaceOf(SessionPath.Resolve(Path, SessionState), AlertDocument.FileName(Format));
        if (!Force)
        {
            ReportFile.CheckAbsent(path);
        }

        if (ShouldProcess(path, $"{(File.Exists(path) ? "Replace with" : "Write")} {rules.Count} alert rules"))
        {
            WriteFile(await ReportFile.WriteAsync(path, AlertDocument.Write(rules, Format, Installation.Environment), Force, cancel));
        }
    }
}
