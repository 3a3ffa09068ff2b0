using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace AcodeOps.Recovery;

/// <summary>
/// Writes a report as one HTML file that needs nothing else: no script, nothing from elsewhere. It is well-formed XML too.
/// </summary>
public static class HtmlReport
{
    private const int Scale = 1000;

    // What is too short to be seen is drawn as a hair's breadth.
    private const double Hair = 3;

    /// <summary>The document. What comes from the installation is text in it: no markup of it takes effect.</summary>
    public static string Write(RecoveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
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
            new XElement("body", new XElement("main", Header(report), Figures(report), Notices(report), Facts(report), Charts(report), Tables(report), Lists(report), Footer(report))));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Header(RecoveryReport report) => new(
        "header",
        Class($"verdict {report.Verdict}"),
        Element("p", "kicker", $"{(report.Drill is null ? "Recovery" : "Drill")} report · {report.Environment} · {ReportText.At(report.StartedAt)}"),
        new XElement("h1", Text(report.Headline), Element("span", $"badge {report.Verdict}", report.Verdict.ToString())),
        Element("p", "summary", report.Summary));

    private static XElement Figures(RecoveryReport report) => new(
        "section",
        Class("figures"),
        ReportContent.Figures(report).Select(figure => new XElement(
            "div",
            Class("figure"),
            Element("p", "label", figure.Label),
            Element("p", figure.Value.Any(char.IsDigit) ? "value" : "value words", figure.Value),
            Element("p", "hint", figure.Hint))));

    private static IEnumerable<XElement> Notices(RecoveryReport report)
    {
        if (report.Error is not null)
        {
            yield return new XElement("section", Class("notice Failed"), Element("h2", null, report.ErrorId ?? "Error"), Element("p", null, report.Error));
        }

        if (report.Advice is not null)
        {
            yield return new XElement("section", Class("notice next"), Element("h2", null, "What to do next"), Element("p", null, report.Advice));
        }

        foreach (string warning in report.Warnings)
        {
            yield return new XElement("section", Class("notice Degraded"), Element("h2", null, "Mind"), Element("p", null, warning));
        }
    }

    private static XElement Facts(RecoveryReport report) => new(
        "section",
        Element("h2", null, "At a glance"),
        new XElement("dl", ReportContent.Facts(report).Select(fact => new XElement("div", Element("dt", null, fact.Label), Element("dd", null, fact.Value)))));

    private static IEnumerable<XElement> Charts(RecoveryReport report) =>
        from chart in new[] { ("Where the time went", ReportContent.Phases(report)), ("Steps", ReportContent.Steps(report)) }
        where chart.Item2.Any(bar => bar.Start is not null)
        select new XElement("section", Class("chart"), Element("h2", null, chart.Item1), new XElement("div", Class("bars"), chart.Item2.Select(Bar)));

    private static XElement Bar(ReportBar bar) => new(
        "div",
        Class("bar"),
        Element("span", "name", bar.Label),
        new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {Scale} 12"),
            new XAttribute("preserveAspectRatio", "none"),
            new XAttribute("aria-hidden", "true"),
            new XElement("rect", Class("track"), new XAttribute("width", Scale), new XAttribute("height", "12"), ""),
            bar is { Start: { } start, Length: { } length } ? Rectangle(start, length, bar) : null),
        Element("span", "took", bar.Start is null ? "–" : bar.Seconds is null ? "no end" : ReportText.Duration(bar.Seconds)),
        Element("span", "note", bar.Note));

    private static XElement Rectangle(double start, double length, ReportBar bar)
    {
        double width = Math.Clamp(length * Scale, Hair, Scale);
        double from = Math.Clamp(start * Scale, 0, Scale - width);
        return new XElement(
            "rect",
            Class(bar switch
            {
                { Seconds: null } => "span open",
                { Note: "" } => "span",
                { Note: var note } when note == ReportWords.NameOf(RunbookStepStatus.Failed) || note == ReportWords.NameOf(RunbookStepStatus.UndoFailed) => "span bad",
                _ => "span other",
            }),
            new XAttribute("x", Number(from)),
            new XAttribute("width", Number(width)),
            new XAttribute("height", "12"),
            "");
    }

    private static IEnumerable<XElement> Tables(RecoveryReport report) =>
        from table in ReportContent.Tables(report)
        where table.Rows.Count > 0
        select new XElement(
            "section",
            Element("h2", null, table.Title),
            new XElement(
                "table",
                new XElement("thead", new XElement("tr", table.Columns.Select(column => Element("th", null, column)))),
                new XElement("tbody", table.Rows.Select(row => new XElement("tr", row[1].StartsWith("Step ", StringComparison.Ordinal) ? Class("minor") : null, row.Select((cell, column) => Cell(table.Columns[column], cell)))))));

    private static XElement Cell(string column, string cell) => column switch
    {
        "Verdict" or "Passed" or "Seen" => new XElement("td", Class("tight"), Element("span", $"badge {cell}", cell)),
        "Time (UTC)" or "What" or "Part" or "Condition" or "Looks failed" => Element("td", "tight", cell),
        _ => Element("td", null, cell),
    };

    private static IEnumerable<XElement> Lists(RecoveryReport report) =>
        from list in ReportContent.Lists(report)
        where list.Lines.Count > 0
        select new XElement(
            "details",
            new XElement("summary", Text(list.Title), Element("span", "count", ReportText.Count(list.Lines.Count))),
            new XElement("ul", list.Lines.Select(line => Element("li", null, line))));

    private static XElement Footer(RecoveryReport report) => Element(
        "footer", null, report.RunId.Length == 0 ? "Made from a plan: nothing was done. All times are UTC." : $"Made from the journal of run {report.RunId} alone. All times are UTC.");

    // An element without content would be written in XML's short form, which HTML takes for an open tag.
    private static XElement Element(string name, string? kind, string content) => new(name, kind is null ? null : Class(kind), Text(content));

    private static XAttribute Class(string kind) => new("class", kind);

    private static XText Text(string text)
    {
        Span<char> kept = text.ToCharArray();
        for (int i = 0; i < kept.Length; i++)
        {
            if (char.IsHighSurrogate(kept[i]) && i + 1 < kept.Length && char.IsLowSurrogate(kept[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(kept[i]))
            {
                kept[i] = '\uFFFD';
            }
        }

        return new XText(new string(kept));
    }

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
