using AcodeOps.Findings;
using AcodeOps.Reports;

namespace AcodeOps.Tuning;

/// <summary>A measurement of an installation's performance.</summary>
/// <param name="Measured">The measurement.</param>
public sealed record PerformanceReportSubject(PerformanceReport Measured) : ReportSubject
{
    private static readonly string[] Heads = ["Part", "Target", "Name", "Instance", "Value", "Unit", "Threshold", "Verdict", "From", "To", "ErrorId", "Cause", "Evidence"];

    /// <inheritdoc />
    public override string Name => "measurement";

    /// <inheritdoc />
    public override string FileName => "acode-performance";

    /// <inheritdoc />
    public override IReadOnlyList<ReportFormat> Formats { get; } =
        [ReportFormat.Html, ReportFormat.Markdown, ReportFormat.Json, ReportFormat.Csv, ReportFormat.Sarif, ReportFormat.GitHub, ReportFormat.AzureDevOps];

    /// <inheritdoc />
    public override string Write(ReportFormat format, ReportSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return format switch
        {
            ReportFormat.Html => HtmlReport.Write(PerformanceReportContent.Of(Measured), setting.Painter()),
            ReportFormat.Markdown => MarkdownReport.Write(PerformanceReportContent.Of(Measured)),
            ReportFormat.Json => JsonReport.Write(Measured),
            ReportFormat.Csv => CsvReport.Write(Heads, from section in Measured.Sections
                                                       from reading in section.Readings
                                                       select new object?[]
                                                       {
                                                           section.Part, reading.Target, reading.Name, reading.Instance, reading.Value, reading.Unit, reading.Threshold, reading.Verdict, reading.From, reading.To, reading.ErrorId, reading.Cause, reading.Evidence,
                                                       }),
            _ => new FindingReportSubject(Measured.Findings).Write(format, setting),
        };
    }
}
