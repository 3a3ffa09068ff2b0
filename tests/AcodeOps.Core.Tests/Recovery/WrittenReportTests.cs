using System.Text.RegularExpressions;
using System.Xml.Linq;
using AcodeOps.Core.Tests.Reports;
using AcodeOps.Recovery;
using AcodeOps.Reports;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>Reports as files: their structure, and that nothing of the installation takes effect in them.</summary>
public sealed partial class WrittenReportTests
{
    [Fact]
    public void The_page_has_its_parts_in_order_and_needs_nothing_else()
    {
        string page = Written.Html(RecoveryReport.Of(ReportRuns.Completed()));
        XElement main = Parse(page).Root!.Element("body")!.Element("main")!;

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Equal(
            ["Data flows, and nothing is missingHealthy", "At a glance", "Where the time went", "Steps", "Time line", "Parts as they were seen", "Conditions of the switch"],
            main.Descendants().Where(e => e.Name.LocalName is "h1" or "h2").Select(e => e.Value));
        Assert.Equal("verdict Healthy", main.Element("header")!.Attribute("class")!.Value);
        Assert.Equal(["2 min 30 s", "12 s", "12,345", "0", "88"], Of(main, "value").Select(e => e.Value));
        Assert.Equal(8, main.Elements("details").Count());
        Assert.DoesNotMatch(Outside(), page);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("@media print", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_elements_that_HTML_closes_itself_are_written_short() =>
        Assert.All(ShortForm().Matches(Written.Html(RecoveryReport.Of(ReportRuns.Escalated(null)))), found => Assert.Equal("meta", found.Groups[1].Value));

    [Fact]
    public void The_steps_are_drawn_to_scale()
    {
        IReadOnlyList<ReportBar> bars = StepsOf(ReportRuns.Completed());

        Assert.Equal(["2 s", "1.5 s", "20 s", "1.3 s", "1.3 s", "2 min 03 s"], bars.Select(bar => bar.Figure));
        Assert.Equal([0, 0.01342], [bars[0].From!.Value, Math.Round(bars[0].Length!.Value, 5)]);
        Assert.Equal([0.02349, 0.13423], [Math.Round(bars[2].From!.Value, 5), Math.Round(bars[2].Length!.Value, 5)]);
        Assert.Equal(1, bars[^1].From!.Value + bars[^1].Length!.Value, 0.00002);
        Assert.All(bars, bar => Assert.Equal(ReportBarKind.Usual, bar.Kind));
    }

    [Fact]
    public void A_step_without_an_end_is_drawn_as_such_and_one_not_begun_is_not_drawn()
    {
        RunbookRun run = ReportRuns.Awaiting();
        RunbookStepRun never = new() { Name = "keep_one_snapshot", Title = "Keep one snapshot", Status = RunbookStepStatus.Planned };
        IReadOnlyList<ReportBar> bars = StepsOf(run with { Steps = [.. run.Steps, never] });

        Assert.Equal(["2 s", "1.5 s", "20 s", "1.3 s", "1.3 s", "no end", "–"], bars.Select(bar => bar.Figure));
        Assert.Single(bars, bar => bar.Kind == ReportBarKind.Open);
        Assert.Equal(6, bars.Count(bar => bar.From is not null));
        Assert.Equal(["no end on record", "not begun"], bars.Select(bar => bar.Note).Where(note => note.Length > 0));
    }

    [Fact]
    public void Steps_that_failed_or_were_taken_back_say_so_beside_their_bars()
    {
        IReadOnlyList<ReportBar> bars = StepsOf(ReportRuns.Undone());

        Assert.Equal([.. Enumerable.Repeat("done, and taken back by the end of the bar", 5), "failed"], bars.Select(bar => bar.Note));
        Assert.Equal([.. Enumerable.Repeat(ReportBarKind.Mind, 5), ReportBarKind.Bad], bars.Select(bar => bar.Kind));
        Assert.Equal(6, Of(Parse(Written.Html(RecoveryReport.Of(ReportRuns.Undone()))).Root!, "note").Count());
    }

    [Fact]
    public void What_a_painter_draws_can_do_nothing_but_be_looked_at()
    {
        Report report = RecoveryReportContent.Of(RecoveryReport.Of(ReportRuns.Completed()));
        string page = HtmlReport.Write(report, new Written("""<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"><script>alert(1)</script><a l:href="http://x"><rect /></a><g><text>a &lt; b</text><image l:href="x"/></g></svg>"""));

        Assert.DoesNotMatch(Outside(), page);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("<g><text>a &lt; b</text></g>", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Steps. ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_is_never_written_as_a_number()
    {
        var report = RecoveryReport.Of(ReportRuns.Awaiting());

        Assert.All(Of(Parse(Written.Html(report)).Root!, "value words"), figure => Assert.Equal("not known", figure.Value));
        Assert.Equal(5, Of(Parse(Written.Html(report)).Root!, "value words").Count());
        string markdown = Written.Markdown(report);
        Assert.Contains("| Rows missing | not known |", markdown, StringComparison.Ordinal);
        Assert.Contains("| Rows landed | not known |", markdown, StringComparison.Ordinal);
        string json = JsonReport.Write(report);
        Assert.Contains("\"rowsMissing\": null", json, StringComparison.Ordinal);
        Assert.Contains("\"status\": \"AwaitingProof\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_stays_text_in_the_page()
    {
        string page = Written.Html(RecoveryReport.Of(ReportRuns.HostileRun()));
        XDocument parsed = Parse(page);

        string[] known = ["html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "p", "span", "section", "div", "dl", "dt", "dd", "svg", "g", "text", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "ul", "li", "footer"];
        Assert.Empty(parsed.Descendants().Select(e => e.Name.LocalName).Distinct().Except(known));
        Assert.DoesNotContain(parsed.Descendants().Attributes(), a => a.Name != "aria-label" && a.Value.Contains("alert", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("alert", parsed.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "</style>"));
        Assert.Contains("</style><script>alert(\"1\")</script>&amp; 'quoted'", parsed.Root!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', page);
    }

    [Fact]
    public void Hostile_text_stays_text_in_Markdown()
    {
        string text = Written.Markdown(RecoveryReport.Of(ReportRuns.HostileRun()));

        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", text);
        Assert.DoesNotContain("\n# head", text, StringComparison.Ordinal);
        Assert.Equal(["</details>", "<details>", "<summary>"], Tags().Matches(text).Select(tag => tag.Value).Where(tag => tag != "</summary>").Distinct().Order(StringComparer.Ordinal));

        // Each row of a table has as many cells as its head.
        int columns = 0;
        foreach (string line in text.Split('\n'))
        {
            int cells = line.StartsWith('|') ? CellEnd().Count(line) - 1 : 0;
            Assert.True(cells == 0 || columns == 0 || cells == columns, line);
            columns = cells;
        }
    }

    [Fact]
    public void A_ticket_gets_tables()
    {
        string text = Written.Markdown(RecoveryReport.Of(ReportRuns.Undone()));

        Assert.StartsWith("# Not switched: it failed and was taken back: production\n\n**Failed**: The primary source failed", text, StringComparison.Ordinal);
        Assert.Contains("\n| Figure | Value |  |\n| --- | --- | --- |\n| Time to recover (RTO) | not reached |", text, StringComparison.Ordinal);
        Assert.Contains("| 2026-03-01 02:58:10Z | Fault began |  |", text, StringComparison.Ordinal);
        Assert.Contains("| Primary source | Failed | 3 of 3 |", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    private static IReadOnlyList<ReportBar> StepsOf(RunbookRun run) => RecoveryReportContent.Of(RecoveryReport.Of(run)).Charts.Single(chart => chart.Title == "Steps").Bars;

    private static XDocument Parse(string page) => XDocument.Parse(page);

    private static IEnumerable<XElement> Of(XElement within, string kind) =>
        within.Descendants().Where(e => e.Attribute("class")?.Value is { } c && (c == kind || c.StartsWith($"{kind} ", StringComparison.Ordinal)));

    [GeneratedRegex("https?://|src=|href=|url\\(|@import")]
    private static partial Regex Outside();

    [GeneratedRegex("<([a-z]+)[^<>]*/>")]
    private static partial Regex ShortForm();

    [GeneratedRegex("</?[a-zA-Z][^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();
}
