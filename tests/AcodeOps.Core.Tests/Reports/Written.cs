using AcodeOps.Recovery;
using AcodeOps.Reports;

namespace AcodeOps.Core.Tests.Reports;

/// <summary>Recoveries as they are written. The charts are drawn as one and the same drawing.</summary>
/// <param name="svg">The drawing.</param>
internal sealed class Written(string svg) : IChartPainter
{
    /// <summary>What would be markup, a command of a pipeline, a formula or a control character, were it not text.</summary>
    public const string Nasty = "</style><script>alert(1)</script>]]>&\"' | [x](http://x) ::error:: ##vso[task.x] %0A \u0001\u001b[31m =cmd";

    /// <summary>Where a report is written.</summary>
    public static ReportSetting Setting { get; } = new(() => new Written("<svg><g><text>drawn</text></g></svg>"), "/", "1.2.3");

    public static string Html(RecoveryReport report) => HtmlReport.Write(RecoveryReportContent.Of(report), new Written("<svg><g><text>drawn</text></g></svg>"));

    public static string Markdown(RecoveryReport report) => MarkdownReport.Write(RecoveryReportContent.Of(report));

    public string Paint(ReportChart chart, int width) => svg;
}
