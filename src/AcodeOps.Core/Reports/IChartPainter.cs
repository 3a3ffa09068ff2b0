namespace AcodeOps.Reports;

/// <summary>Draws the charts of a report.</summary>
public interface IChartPainter
{
    /// <summary>
    /// One SVG element that needs nothing else. Its colours are the variables of the page's style: <c>--ink</c>, <c>--soft</c>, <c>--line</c>, <c>--track</c>,
    /// <c>--accent</c>, <c>--good</c>, <c>--mind</c>, <c>--bad</c>, <c>--dim</c>.
    /// </summary>
    /// <param name="chart">The chart.</param>
    /// <param name="width">How wide it is shown, in CSS pixels; it scales.</param>
    string Paint(ReportChart chart, int width);
}
