using AcodeOps.Findings;
using AcodeOps.Reports;

namespace AcodeOps.Maintenance;

/// <summary>A run of the maintenance, by its journal.</summary>
/// <param name="Run">The run.</param>
public sealed record MaintenanceReportSubject(RunbookRun Run) : ReportSubject
{
    /// <inheritdoc />
    public override string Name => "maintenance";

    // The id comes from a journal: whatever it holds, it names a file and no folder.
    /// <inheritdoc />
    public override string FileName => $"acode-maintenance-{string.Concat((Run.RunId.Length == 0 ? "plan" : Run.RunId).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}";

    /// <inheritdoc />
    public override IReadOnlyList<ReportFormat> Formats { get; } =
        [ReportFormat.Html, ReportFormat.Markdown, ReportFormat.Json, ReportFormat.Sarif, ReportFormat.Csv, ReportFormat.GitHub, ReportFormat.AzureDevOps];

    /// <inheritdoc />
    public override string Write(ReportFormat format, ReportSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return format switch
        {
            ReportFormat.Html => HtmlReport.Write(MaintenanceReportContent.Of(Run), setting.Painter()),
            ReportFormat.Markdown => MarkdownReport.Write(MaintenanceReportContent.Of(Run)),
            ReportFormat.Json => JsonReport.Write(Run.Result as MaintenanceResult ?? new MaintenanceResult()),
            _ => new FindingReportSubject([.. (Run.Result as MaintenanceResult)?.Findings ?? []]).Write(format, setting),
        };
    }
}
