using AcodeOps.Reports;

namespace AcodeOps.Findings;

/// <summary>Findings, or that there are none.</summary>
/// <param name="Findings">The findings.</param>
public sealed record FindingReportSubject(IReadOnlyList<Finding> Findings) : ReportSubject
{
    private static readonly string[] Heads = ["Rule", "Severity", "Target", "Message", "Current", "Proposed", "Evidence", "Remedy", "File", "Line", "Column", "Fingerprint"];

    /// <inheritdoc />
    public override string Name => "finding";

    /// <inheritdoc />
    public override string FileName => "acode-findings";

    /// <inheritdoc />
    public override IReadOnlyList<ReportFormat> Formats { get; } = [ReportFormat.Sarif, ReportFormat.GitHub, ReportFormat.AzureDevOps, ReportFormat.Csv, ReportFormat.Json];

    /// <inheritdoc />
    public override string Write(ReportFormat format, ReportSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return format switch
        {
            ReportFormat.GitHub => string.Join('\n', Findings.Select(finding => AnnotationLines.GitHub(finding, setting.Root))),
            ReportFormat.AzureDevOps => string.Join('\n', Findings.Select(finding => AnnotationLines.AzureDevOps(finding, setting.Root))),
            ReportFormat.Csv => CsvReport.Write(Heads, Findings.Select(object?[] (one) =>
            [
                one.Rule, one.Severity, one.Target, one.Message, one.Current, one.Proposed, one.Evidence, one.Remedy, one.File, one.Line, one.Column, one.Fingerprint,
            ])),
            ReportFormat.Json => JsonReport.Write(Findings),
            _ => SarifReport.Write(Findings, setting.Root, setting.Version),
        };
    }
}
