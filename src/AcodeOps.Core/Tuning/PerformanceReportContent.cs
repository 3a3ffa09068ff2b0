using System.Globalization;
using AcodeOps.Reports;

namespace AcodeOps.Tuning;

/// <summary>A measurement in words: what is written of it, whatever it is written in.</summary>
public static class PerformanceReportContent
{
    private const int Charted = 15;
    private const int ShownStatements = 20;

    // What is many times over its limit would leave nothing to be seen of the others.
    private const double MostShown = 2;

    /// <summary>The content.</summary>
    public static Report Of(PerformanceReport measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        PerformanceReading[] readings = [.. measured.Sections.SelectMany(section => section.Readings)];
        Finding[] findings = [.. measured.Findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Target, StringComparer.Ordinal)];
        SlowQuery[] statements = [.. measured.Sections.SelectMany(section => section.Statements).OrderByDescending(statement => statement.TotalMs)];
        int unknown = readings.Count(reading => reading.Verdict == Verdict.Unknown);
        return new Report
        {
            Kind = "Performance report",
            Environment = measured.Environment,
            At = measured.From,
            Verdict = VerdictOf(findings, readings.Length, unknown),
            Headline = findings.Length switch
            {
                0 when readings.Length == unknown => "Nothing could be measured",
                0 when unknown > 0 => "What was measured shows nothing that needs attention",
                0 => "Nothing needs attention",
                1 => "1 thing needs attention",
                var some => $"{some} things need attention",
            },
            Summary = findings.Length > 0 ? string.Join("; ", findings.Take(3).Select(finding => finding.Message.TrimEnd('.'))) + (findings.Length > 3 ? $"; and {findings.Length - 3} more." : ".")
                : unknown > 0 ? $"{unknown} of {readings.Length} figures could not be measured: of them nothing is said." : "The figures give no reason to change anything.",
            Figures =
            [
                new("Measured for", ReportText.Duration((measured.To - measured.From).TotalSeconds), "every rate is of this time"),
                new("Figures", ReportText.Count(readings.Length - unknown), "of machines, pods and servers"),
                new("Not known", ReportText.Count(unknown), "could not be measured"),
                new("Findings", ReportText.Count(findings.Length), "proven by the figures"),
            ],
            Notices = findings.FirstOrDefault(finding => finding.Remedy is not null) is { } first ? [new ReportNotice(ReportNoticeKind.Next, "What to do first", first.Remedy!)] : [],
            Charts = [.. new[] { Limits(readings), Statements(statements) }.Where(chart => chart.Bars.Count > 0)],
            Tables = [.. Tables(findings, readings, statements).Where(table => table.Rows.Count > 0)],
            Lists = [.. measured.Sections.Where(section => section.Readings.Any(reading => reading.Evidence is not null)).Select(section => new ReportList(
                $"{section.Part} {section.Target}", [.. section.Readings.Where(reading => reading.Evidence is not null).Select(reading => $"{NameOf(reading)}: {reading.Evidence}")]))],
            Footer = $"Measured from {ReportText.At(measured.From)} to {ReportText.At(measured.To)}. All times are UTC.",
        };
    }

    /// <summary>What was not measured keeps the whole from being well, and what was found decides first.</summary>
    private static Verdict VerdictOf(Finding[] findings, int readings, int unknown) =>
        findings.Any(finding => finding.Severity == FindingSeverity.Error) ? Verdict.Failed
        : findings.Any(finding => finding.Severity == FindingSeverity.Warning) ? Verdict.Degraded
        : unknown > 0 || readings == 0 ? Verdict.Unknown
        : Verdict.Healthy;

    private static ReportChart Limits(PerformanceReading[] readings)
    {
        (PerformanceReading Reading, double Share)[] held = [.. from reading in readings where reading is { Value: not null, Threshold: > 0 } select (reading, Math.Max(0, reading.Value!.Value) / reading.Threshold!.Value)];
        double whole = held.Length == 0 ? 1 : Math.Clamp(held.Max(one => one.Share), 1, MostShown);
        return new ReportChart("Figures against their limits", "Figure", "Value, limit",
        [
            .. held.OrderByDescending(one => one.Share).Take(Charted).Select(one => new ReportBar(
                $"{one.Reading.Target} {NameOf(one.Reading)}", 0, Math.Min(one.Share, whole) / whole, $"{Number(one.Reading.Value)} / {Number(one.Reading.Threshold)} {one.Reading.Unit}".TrimEnd())
            {
                Kind = KindOf(one.Reading.Verdict),
            }),
        ]);
    }

    private static ReportChart Statements(SlowQuery[] statements)
    {
        double longest = Math.Max(double.Epsilon, statements.Select(statement => statement.TotalMs).DefaultIfEmpty().Max());
        return new ReportChart("Statements that cost the most", "Statement", "Took in all",
        [
            .. statements.Take(Charted).Select(statement => new ReportBar(TextOf(statement), 0, statement.TotalMs / longest, ReportText.Duration(statement.TotalMs / 1000))
            {
                Kind = statement.UsesNoIndex ? ReportBarKind.Mind : ReportBarKind.Usual,
                Note = statement.UsesNoIndex ? "read a table without an index" : "",
            }),
        ]);
    }

    private static IEnumerable<ReportTable> Tables(Finding[] findings, PerformanceReading[] readings, SlowQuery[] statements)
    {
        ReportColumn verdict = new("Verdict", ReportColumnKind.Verdict);
        yield return new ReportTable("What needs attention", [new("Where"), new("Severity", ReportColumnKind.Words), new("What was found"), new("What to do")],
            [.. findings.Select(finding => new[] { finding.Target, finding.Severity.ToString(), string.Join(" ", new[] { finding.Message, finding.Evidence }.OfType<string>()), finding.Remedy ?? "" })]);
        yield return new ReportTable("What could not be measured", [new("Where"), new("Figure"), new("Why")],
            [.. readings.Where(reading => reading.Verdict == Verdict.Unknown).Select(reading => new[] { reading.Target, NameOf(reading), reading.Evidence ?? ReportText.NotKnown })]);
        yield return new ReportTable("All figures", [new("Where"), new("Figure"), new("Value", ReportColumnKind.Words), new("Limit", ReportColumnKind.Words), verdict],
        [
            .. readings.Select(reading => new[]
            {
                reading.Target, NameOf(reading), reading.Value is null ? ReportText.NotKnown : $"{Number(reading.Value)} {reading.Unit}", reading.Threshold is null ? "" : $"{Number(reading.Threshold)} {reading.Unit}", reading.Verdict?.ToString() ?? "",
            }),
        ]);
        yield return new ReportTable("Statements", [new("Where", ReportColumnKind.Words), new("Statement, without its values"), new("Ran", ReportColumnKind.Words), new("In all", ReportColumnKind.Words), new("Each", ReportColumnKind.Words), new("Rows read", ReportColumnKind.Words)],
        [
            .. statements.Take(ShownStatements).Select(statement => new[]
            {
                statement.Source.ToString(), TextOf(statement), ReportText.Count(statement.Executions), ReportText.Duration(statement.TotalMs / 1000), $"{Number(statement.MeanMs)} ms", ReportText.Count(statement.RowsExamined),
            }),
        ]);
    }

    private static ReportBarKind KindOf(Verdict? verdict) => verdict switch
    {
        Verdict.Degraded => ReportBarKind.Mind,
        Verdict.Failed => ReportBarKind.Bad,
        Verdict.Unknown => ReportBarKind.Open,
        _ => ReportBarKind.Usual,
    };

    private static string NameOf(PerformanceReading reading) => reading.Instance is { } instance ? $"{reading.Name} {instance}" : reading.Name;

    private static string TextOf(SlowQuery statement) => statement.Text ?? (statement.Digest is null ? "other statements" : $"digest {statement.Digest}");

    private static string Number(double? number) => number is { } n ? n.ToString(n is > -100 and < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture) : ReportText.NotKnown;
}
