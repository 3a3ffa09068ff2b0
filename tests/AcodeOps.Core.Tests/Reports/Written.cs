using AcodeOps.Recovery;
using AcodeOps.Reports;

namespace AcodeOps.Core.Tests.Reports;

/// <summary>Recoveries as they are written. The charts are drawn as one and the same drawing.</summary>
/// <param name="svg">The drawing.</param>
internal sealed class Written(string svg) : IChartPainter
{
    public static string Html(RecoveryReport report) => HtmlReport.Write(RecoveryReportContent.Of(report), new Written("<svg><g><text>drawn</text></g></svg>"));

    public static string Markdown(RecoveryReport report) => MarkdownReport.Write(RecoveryReportContent.Of(report));

    public string Paint(ReportChart chart, int width) => svg;
}
