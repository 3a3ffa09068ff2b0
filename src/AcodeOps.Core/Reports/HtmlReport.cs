using System.Xml.Linq;

namespace AcodeOps.Reports;

/// <summary>
/// Writes a report as one HTML file that needs nothing else: no script, nothing from elsewhere. It is well-formed XML too.
/// </summary>
public static class HtmlReport
{
    // Charts do not wrap: one is drawn for a page, and one for a telephone.
    private const int Wide = 940;
    private const int Narrow = 420;

    /// <summary>The document. What comes from the installation is text in it: no markup of it takes effect.</summary>
    /// <param name="report">The report.</param>
    /// <param name="painter">Draws its charts.</param>
    public static string Write(Report report, IChartPainter painter)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(painter);
        XElement html = new(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", "default-src 'none'; style-src 'unsafe-inline'")),
                Element("title", null, $"{report.Headline}: {report.Environment}"),
                new XElement("style", HtmlStyle.Text)),
            new XElement(
                "body",
                new XElement(
                    "main",
                    Header(report),
                    Figures(report),
                    report.Notices.Select(Notice),
                    Facts(report),
                    report.Charts.Select(chart => Chart(chart, painter)),
                    report.Tables.Select(Table),
                    report.Lists.Select(Folded),
                    Element("footer", null, report.Footer))));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Header(Report report) => new(
        "header",
        Class($"verdict {report.Verdict}"),
        Element("p", "kicker", $"{report.Kind} · {report.Environment} · {ReportText.At(report.At)}"),
        new XElement("h1", Text(report.Headline), Element("span", $"badge {report.Verdict}", report.Verdict.ToString())),
        Element("p", "summary", report.Summary));

    private static XElement? Figures(Report report) => report.Figures.Count == 0 ? null : new XElement(
        "section",
        Class("figures"),
        report.Figures.Select(figure => new XElement(
            "div",
            Class("figure"),
            Element("p", "label", figure.Label),
            Element("p", figure.Value.Any(char.IsDigit) ? "value" : "value words", figure.Value),
            Element("p", "hint", figure.Hint))));

    private static XElement Notice(ReportNotice notice) => new(
        "section",
        Class(notice.Kind switch { ReportNoticeKind.Failure => "notice Failed", ReportNoticeKind.Mind => "notice Degraded", _ => "notice next" }),
        Element("h2", null, notice.Title),
        Element("p", null, notice.Text));

    private static XElement? Facts(Report report) => report.Facts.Count == 0 ? null : new XElement(
        "section",
        Element("h2", null, "At a glance"),
        new XElement("dl", report.Facts.Select(fact => new XElement("div", Element("dt", null, fact.Label), Element("dd", null, fact.Value)))));

    private static XElement Chart(ReportChart chart, IChartPainter painter) => new(
        "section",
        Class("chart"),
        Element("h2", null, chart.Title),
        HtmlDrawing.Of(painter.Paint(chart, Wide), "wide", chart),
        HtmlDrawing.Of(painter.Paint(chart, Narrow), "narrow", chart),
        chart.Bars.Where(bar => bar.Note.Length > 0).Select(bar => Element("p", "note", $"{bar.Label}: {bar.Note}")));

    private static XElement Table(ReportTable table) => new(
        "section",
        Element("h2", null, table.Title),
        new XElement(
            "table",
            new XElement("thead", new XElement("tr", table.Columns.Select(column => Element("th", null, column.Name)))),
            new XElement("tbody", table.Rows.Select((row, number) => new XElement("tr", table.Minor.Contains(number) ? Class("minor") : null, row.Select((cell, column) => Cell(table.Columns[column], cell)))))));

    // On a narrow screen a row is a block of lines, each with its column's name.
    private static XElement Cell(ReportColumn column, string cell)
    {
        XElement made = column.Kind switch
        {
            ReportColumnKind.Verdict => new XElement("td", Class("tight"), Element("span", $"badge {cell}", cell)),
            ReportColumnKind.Words => Element("td", "tight", cell),
            _ => Element("td", null, cell),
        };
        made.Add(new XAttribute("data-title", Text(column.Name).Value));
        return made;
    }

    private static XElement Folded(ReportList list) => new(
        "details",
        new XElement("summary", Text(list.Title), Element("span", "count", ReportText.Count(list.Lines.Count))),
        new XElement("ul", list.Lines.Select(line => Element("li", null, line))));

    // An element without content would be written in XML's short form, which HTML takes for an open tag.
    private static XElement Element(string name, string? kind, string content) => new(name, kind is null ? null : Class(kind), Text(content));

    private static XAttribute Class(string kind) => new("class", kind);

    private static XText Text(string text) => new(XmlText.Of(text));
}
