using System.Xml.Linq;
using AcodeOps.Core.Tests.Reports;
using AcodeOps.Reports;
using AcodeOps.Tuning;

namespace AcodeOps.Core.Tests.Tuning;

/// <summary>A measurement as it is written for people, for pipelines and for spreadsheets.</summary>
public sealed class PerformanceReportTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(12d, null, Verdict.Healthy, "Nothing needs attention")]
    [InlineData(12d, FindingSeverity.Information, Verdict.Healthy, "1 thing needs attention")]
    [InlineData(12d, FindingSeverity.Warning, Verdict.Degraded, "1 thing needs attention")]
    [InlineData(12d, FindingSeverity.Error, Verdict.Failed, "1 thing needs attention")]
    [InlineData(null, null, Verdict.Unknown, "Nothing could be measured")]
    public void What_was_found_decides_and_what_was_not_measured_is_not_well(double? value, FindingSeverity? severity, Verdict verdict, string headline)
    {
        Report report = PerformanceReportContent.Of(Measured([Reading("Processor busy", value)], severity is { } found ? [Found(found)] : []));

        Assert.Equal((verdict, headline), (report.Verdict, report.Headline));
    }

    [Fact]
    public void One_figure_that_is_missing_keeps_the_whole_from_being_well_and_is_told_with_its_reason()
    {
        Report report = PerformanceReportContent.Of(Measured([Reading("Processor busy", 12), Reading("Memory used", null)], []));

        Assert.Equal((Verdict.Unknown, "1 of 2 figures could not be measured: of them nothing is said."), (report.Verdict, report.Summary));
        Assert.Equal(["machine", "Memory used", "Because."], Assert.Single(report.Tables.Single(table => table.Title == "What could not be measured").Rows));
    }

    [Fact]
    public void Figures_are_drawn_against_their_limits_and_statements_by_what_they_cost()
    {
        PerformanceReport measured = Measured([Reading("Processor busy", 45) with { Threshold = 90 }, Reading("Swapped", 900) with { Threshold = 1, Verdict = Verdict.Degraded }], []);
        measured = measured with { Sections = [measured.Sections[0] with { Statements = [Statement("SELECT `a` FROM `t` WHERE `b` = ?", 500), Statement("SELECT ?", 1_000)] }] };
        Report report = PerformanceReportContent.Of(measured);

        Assert.Equal([("machine Swapped", 1d, ReportBarKind.Mind), ("machine Processor busy", 0.25, ReportBarKind.Usual)], report.Charts[0].Bars.Select(bar => (bar.Label, bar.Length!.Value, bar.Kind)));
        Assert.Equal([("SELECT ?", 1d, "1 s"), ("SELECT `a` FROM `t` WHERE `b` = ?", 0.5, "0.5 s")], report.Charts[1].Bars.Select(bar => (bar.Label, bar.Length!.Value, bar.Figure)));
    }

    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.GitHub)]
    [InlineData(ReportFormat.AzureDevOps)]
    public void Nasty_names_are_text_in_every_format(ReportFormat format)
    {
        PerformanceReport measured = Measured([Reading(Written.Nasty, null) with { Target = Written.Nasty, Instance = Written.Nasty, Evidence = Written.Nasty }], [Found(FindingSeverity.Error) with { Target = Written.Nasty, Message = Written.Nasty, Evidence = Written.Nasty, Remedy = Written.Nasty }]);
        measured = measured with { Environment = Written.Nasty, Sections = [measured.Sections[0] with { Statements = [Statement(Written.Nasty, 1)] }] };
        string text = new PerformanceReportSubject(measured).Write(format, Written.Setting);

        Assert.DoesNotContain('\u0001', text);
        Assert.DoesNotContain('\u001b', text);
        switch (format)
        {
            case ReportFormat.Html:
                Assert.Empty(XDocument.Parse(text).Root!.Descendants("script"));
                break;
            case ReportFormat.Markdown:
                Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
                break;
            case ReportFormat.Csv:
                Assert.Contains("\"</style><script>alert(1)</script>]]>&\"\"", text, StringComparison.Ordinal);
                break;
            case ReportFormat.GitHub or ReportFormat.AzureDevOps:
                Assert.DoesNotContain('\n', text);
                break;
        }
    }

    [Fact]
    public void Test_results_of_a_measurement_are_refused() =>
        Assert.Equal("ReportFormatUnsuitable", Assert.Throws<AcodeException>(() => new PerformanceReportSubject(Measured([], [])).Check(ReportFormat.JUnit)).Id);

    private static PerformanceReport Measured(PerformanceReading[] readings, Finding[] findings) => new()
    {
        Environment = "production",
        From = At,
        To = At.AddSeconds(10),
        Sections = [new PerformanceSection { Part = PerformancePart.Machine, Target = "machine", Readings = readings }],
        Findings = findings,
    };

    private static PerformanceReading Reading(string name, double? value) => new()
    {
        Target = "machine",
        Name = name,
        Value = value,
        Unit = "%",
        From = At,
        To = At.AddSeconds(10),
        Verdict = value is null ? Verdict.Unknown : null,
        Evidence = value is null ? "Because." : null,
    };

    private static Finding Found(FindingSeverity severity) => new() { Rule = "ProcessorBusy", Severity = severity, Target = "machine", Message = "It is busy." };

    private static SlowQuery Statement(string text, double totalMs) => new()
    {
        Source = SourceRole.Backup,
        Text = text,
        Digest = "d",
        Executions = 2,
        TotalMs = totalMs,
        MeanMs = totalMs / 2,
        RowsExamined = 10,
        RowsSent = 1,
        Errors = 0,
        TemporaryTablesOnDisk = 0,
        WithoutIndex = 0,
        From = At,
        To = At.AddSeconds(10),
    };
}
