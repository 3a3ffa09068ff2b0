using AcodeOps.Findings;
using AcodeOps.Reports;

namespace AcodeOps.Health;

/// <summary>Checks of an installation's health.</summary>
/// <param name="Checks">The checks.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Now">The instant.</param>
public sealed record HealthReportSubject(IReadOnlyList<HealthCheck> Checks, string Environment, DateTimeOffset Now) : ReportSubject
{
    private static readonly string[] Heads = ["Component", "Target", "Verdict", "Summary", "Value", "Unit", "Threshold", "LatencyMs", "CheckedAt", "ErrorId", "Cause", "Remedy", "Evidence"];

    /// <inheritdoc />
    public override string Name => "check";

    /// <inheritdoc />
    public override string FileName => "acode-health";

    /// <inheritdoc />
    public override IReadOnlyList<ReportFormat> Formats { get; } =
    [
        ReportFormat.Html, ReportFormat.Markdown, ReportFormat.Json, ReportFormat.JUnit, ReportFormat.Csv, ReportFormat.Sarif, ReportFormat.GitHub, ReportFormat.AzureDevOps,
    ];

    private Finding[] Findings => [.. Checks.Select(HealthFindings.Of).OfType<Finding>()];

    /// <inheritdoc />
    public override string Write(ReportFormat format, ReportSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return format switch
        {
            ReportFormat.Markdown => MarkdownReport.Write(Content),
            ReportFormat.Json => JsonReport.Write(Checks),
            ReportFormat.JUnit => JUnitReport.Write(Checks, Environment),
            ReportFormat.Csv => CsvReport.Write(Heads, Checks.Select(object?[] (check) =>
            [
                check.Component, check.Target, check.Verdict, check.Summary, check.Value, check.Unit, check.Threshold, check.LatencyMs, check.CheckedAt, check.ErrorId, check.Cause, check.Remedy, check.Evidence,
            ])),
            ReportFormat.Html => HtmlReport.Write(Content, setting.Painter()),
            _ => new FindingReportSubject(Findings).Write(format, setting),
        };
    }

    private Report Content => HealthReportContent.Of(Checks, Environment, Now);
}
