using System.Text.RegularExpressions;
using System.Xml.Linq;
using AcodeOps.Core.Tests.Reports;
using AcodeOps.Health;
using AcodeOps.Reports;

namespace AcodeOps.Core.Tests.Health;

/// <summary>Checks as they are written for people, for pipelines and for spreadsheets.</summary>
public sealed class HealthReportTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_worst_comes_first_and_decides()
    {
        Report report = HealthReportContent.Of([Check("a"), Check("b", Verdict.Degraded), Check("c", Verdict.Failed), Check("d", Verdict.Unknown)], "production", At);

        Assert.Equal((Verdict.Failed, "3 of 4 checks are not healthy"), (report.Verdict, report.Headline));
        Assert.Equal(["Source c", "Source d", "Source b"], report.Tables[0].Rows.Select(row => row[0]));
        Assert.Equal(["1", "1", "1", "1"], report.Figures.Take(4).Select(figure => figure.Value));
        Assert.Equal("Restart c.", Assert.Single(report.Notices).Text);
    }

    [Fact]
    public void Nothing_checked_is_not_healthy()
    {
        Report report = HealthReportContent.Of([], "production", At);

        Assert.Equal((Verdict.Unknown, "Nothing was checked"), (report.Verdict, report.Headline));
        Assert.Contains("Nothing was checked", Write(ReportFormat.Html), StringComparison.Ordinal);
        Assert.Equal("0", XDocument.Parse(Write(ReportFormat.JUnit)).Root!.Attribute("tests")!.Value);
    }

    [Fact]
    public void Values_are_drawn_against_their_objectives_and_never_beyond_the_scale()
    {
        HealthCheck half = Check("half") with { Value = 30, Threshold = 60, Unit = "min" }, far = Check("far", Verdict.Failed) with { Value = 90_000, Threshold = 60, Unit = "min" };
        ReportChart chart = HealthReportContent.Of([half, far, Check("without")], "production", At).Charts.Single(chart => chart.Title.StartsWith("Values", StringComparison.Ordinal));

        Assert.Equal([("Source far", 1d, "90,000 / 60 min", ReportBarKind.Bad), ("Source half", 0.25, "30 / 60 min", ReportBarKind.Usual)], chart.Bars.Select(bar => (bar.Label, bar.Length!.Value, bar.Figure, bar.Kind)));
    }

    [Fact]
    public void Pipelines_get_test_results_in_which_only_healthy_passes()
    {
        XElement suites = XDocument.Parse(Write(ReportFormat.JUnit, Check("a"), Check("b", Verdict.Degraded), Check("c", Verdict.Failed), Check("d", Verdict.Unknown))).Root!;

        Assert.Equal(["4", "2", "1"], new[] { "tests", "failures", "errors" }.Select(name => suites.Attribute(name)!.Value));
        XElement[] cases = [.. suites.Descendants("testcase")];
        Assert.Equal(["", "failure", "failure", "error"], cases.Select(one => one.Elements().FirstOrDefault(e => e.Name.LocalName != "system-out")?.Name.LocalName ?? ""));
        Assert.Equal("acode.Source", cases[0].Attribute("classname")!.Value);
        Assert.Equal("0.250", cases[0].Attribute("time")!.Value);
    }

    [Fact]
    public void Annotations_are_errors_and_warnings_and_nothing_for_what_is_healthy()
    {
        string[] lines = Write(ReportFormat.GitHub, Check("a"), Check("b", Verdict.Degraded), Check("d", Verdict.Unknown)).Split('\n');

        Assert.Equal(["::warning title=SourceSlow::Source b is Degraded: b was looked at. Restart b.", "::error title=SourceSlow::Source d is Unknown: d was looked at. Restart d."], lines);
    }

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.JUnit)]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.GitHub)]
    [InlineData(ReportFormat.AzureDevOps)]
    public void Nasty_names_are_text_in_every_format(ReportFormat format)
    {
        HealthCheck nasty = Check(Written.Nasty, Verdict.Failed) with { Summary = Written.Nasty, Evidence = [Written.Nasty, "two\nlines"], Remedy = Written.Nasty, ErrorId = "SourceSlow" };
        string text = Write(format, nasty);

        Assert.DoesNotContain('\u0001', text);
        Assert.DoesNotContain('\u001b', text);
        switch (format)
        {
            case ReportFormat.Html or ReportFormat.JUnit:
                XElement root = XDocument.Parse(text).Root!;
                Assert.Empty(root.Descendants("script"));
                Assert.Contains("<script>alert(1)</script>", root.Value, StringComparison.Ordinal);
                break;
            case ReportFormat.Markdown:
                Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
                Assert.DoesNotMatch(@"(?<!\\)\]\(", text);
                break;
            case ReportFormat.GitHub:
                Assert.Single(text.Split('\n'));
                Assert.DoesNotContain(" %0A ", text, StringComparison.Ordinal);
                break;
            case ReportFormat.AzureDevOps:
                Assert.Single(Regex.Matches(text, "##vso"));
                break;
        }
    }

    [Fact]
    public void A_spreadsheet_runs_nothing()
    {
        string text = Write(ReportFormat.Csv, Check("=HYPERLINK(\"http://x\")") with { Value = -1.5, Evidence = ["one, two", "three"] });

        Assert.Equal(
            "Component,Target,Verdict,Summary,Value,Unit,Threshold,LatencyMs,CheckedAt,ErrorId,Cause,Remedy,Evidence\r\n"
            + "Source,\"'=HYPERLINK(\"\"http://x\"\")\",Healthy,\"'=HYPERLINK(\"\"http://x\"\") was looked at\",-1.5,,,250,2026-03-01T03:00:00.000Z,,,,\"one, two\nthree\"\r\n",
            text);
    }

    private static string Write(ReportFormat format, params HealthCheck[] checks) => new HealthReportSubject(checks, "production", At).Write(format, Written.Setting);

    private static HealthCheck Check(string target, Verdict verdict = Verdict.Healthy) => new()
    {
        Component = HealthComponent.Source,
        Target = target,
        Verdict = verdict,
        Summary = $"{target} was looked at",
        LatencyMs = 250,
        CheckedAt = At,
        Remedy = verdict == Verdict.Healthy ? null : $"Restart {target}.",
        ErrorId = verdict == Verdict.Healthy ? null : "SourceSlow",
    };
}
