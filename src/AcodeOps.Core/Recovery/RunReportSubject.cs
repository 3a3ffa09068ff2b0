using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>A recovery, a switch or a drill, by its journal.</summary>
/// <param name="Run">The run.</param>
public sealed record RunReportSubject(RunbookRun Run) : ReportSubject
{
    private const string Unplaced = "plan";

    /// <inheritdoc />
    public override string Name => "run";

    // The id comes from a journal: whatever it holds, it names a file and no folder.
    /// <inheritdoc />
    public override string FileName => $"acode-recovery-{string.Concat((Run.RunId.Length == 0 ? Unplaced : Run.RunId).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}";

    /// <inheritdoc />
    public override IReadOnlyList<ReportFormat> Formats { get; } = [ReportFormat.Html, ReportFormat.Markdown, ReportFormat.Json];

    /// <inheritdoc />
    public override string Write(ReportFormat format, ReportSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var report = RecoveryReport.Of(Run);
        return format switch
        {
            ReportFormat.Markdown => MarkdownReport.Write(RecoveryReportContent.Of(report)),
            ReportFormat.Json => JsonReport.Write(report),
            _ => HtmlReport.Write(RecoveryReportContent.Of(report), setting.Painter()),
        };
    }
}
