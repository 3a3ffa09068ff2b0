using System.Globalization;
using AcodeOps.Reports;

namespace AcodeOps.Health;

/// <summary>Checks in words: what is written of them, whatever it is written in.</summary>
public static class HealthReportContent
{
    private const int Charted = 15;

    // What is many times over its objective would leave nothing to be seen of the others.
    private const double MostShown = 2;

    /// <summary>The content.</summary>
    /// <param name="checks">The checks, in any order.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="now">The instant, for a report of no checks.</param>
    public static Report Of(IReadOnlyCollection<HealthCheck> checks, string environment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(checks);
        HealthCheck[] ordered = [.. checks.OrderByDescending(check => check.Verdict.Severity()).ThenBy(check => check.Component).ThenBy(check => check.Target, StringComparer.Ordinal)];
        HealthCheck[] bad = [.. ordered.Where(check => check.Verdict != Verdict.Healthy)];
        return new Report
        {
            Kind = "Health report",
            Environment = environment,
            At = checks.Count == 0 ? now : checks.Min(check => check.CheckedAt),

            // That nothing was looked at says nothing.
            Verdict = ordered.Length == 0 ? Verdict.Unknown : ordered[0].Verdict,
            Headline = (ordered.Length, bad.Length) switch
            {
                (0, _) => "Nothing was checked",
                (1, 0) => "The one check is healthy",
                (_, 0) => $"All {ordered.Length} checks are healthy",
                (var all, 1) => $"1 of {all} checks is not healthy",
                var (all, some) => $"{some} of {all} checks are not healthy",
            },
            Summary = bad.Length == 0 ? "Nothing needs to be done." : string.Join("; ", bad.Take(3).Select(check => $"{NameOf(check)}: {check.Summary.TrimEnd('.')}")) + (bad.Length > 3 ? $"; and {bad.Length - 3} more." : "."),
            Figures = Figures(ordered),
            Notices = bad.FirstOrDefault(check => check.Remedy is not null) is { } first ? [new ReportNotice(ReportNoticeKind.Next, "What to do first", first.Remedy!)] : [],
            Charts = [.. new[] { Objectives(ordered), Durations(ordered) }.Where(chart => chart.Bars.Count > 0)],
            Tables = [.. Tables(ordered, bad).Where(table => table.Rows.Count > 0)],
            Lists = [.. ordered.Where(check => check.Evidence.Count > 0).Select(check => new ReportList($"{check.Component} {check.Target}", check.Evidence))],
            Footer = ordered.Length == 0 ? "All times are UTC." : $"Checked from {ReportText.At(ordered.Min(check => check.CheckedAt))} to {ReportText.At(ordered.Max(check => check.CheckedAt))}. All times are UTC.",
        };
    }

    private static ReportFigure[] Figures(HealthCheck[] checks) =>
    [
        .. from figure in new[] { (Verdict.Healthy, "as it should be"), (Verdict.Degraded, "working, and not as it should"), (Verdict.Failed, "not working"), (Verdict.Unknown, "not found out") }
           select new ReportFigure(figure.Item1.ToString(), ReportText.Count(checks.Count(check => check.Verdict == figure.Item1)), figure.Item2),
        new("Slowest check", checks.Length == 0 ? ReportText.NotKnown : ReportText.Duration(checks.Max(check => check.LatencyMs) / 1000), checks.MaxBy(check => check.LatencyMs) is { } slowest ? $"{slowest.Component} {slowest.Target}" : ""),
    ];

    private static ReportChart Objectives(HealthCheck[] checks)
    {
        (HealthCheck Check, double Share)[] judged =
        [
            .. from check in checks where check is { Value: not null, Threshold: > 0 } select (check, Math.Abs(check.Value!.Value) / check.Threshold!.Value),
        ];
        double whole = judged.Length == 0 ? 1 : Math.Clamp(judged.Max(one => one.Share), 1, MostShown);
        return new ReportChart("Values against their objectives", "Check", "Value, objective",
        [
            .. judged.Take(Charted).Select(one => Bar(one.Check, Math.Min(one.Share, whole) / whole, $"{Number(one.Check.Value!.Value)} / {Number(one.Check.Threshold!.Value)} {one.Check.Unit}".TrimEnd())),
        ]);
    }

    private static ReportChart Durations(HealthCheck[] checks)
    {
        double longest = Math.Max(1, checks.Select(check => check.LatencyMs).DefaultIfEmpty().Max());
        return new ReportChart("Where the time went", "Check", "Took",
            [.. checks.OrderByDescending(check => check.LatencyMs).Take(Charted).Select(check => Bar(check, check.LatencyMs / longest, ReportText.Duration(check.LatencyMs / 1000)))]);
    }

    private static IEnumerable<ReportTable> Tables(HealthCheck[] checks, HealthCheck[] bad)
    {
        ReportColumn check = new("Check"), verdict = new("Verdict", ReportColumnKind.Verdict), summary = new("Summary");
        yield return new ReportTable("What is not healthy", [check, verdict, summary, new("What to do")], [.. bad.Select(one => new[] { NameOf(one), one.Verdict.ToString(), one.Summary, one.Remedy ?? "" })]);
        yield return new ReportTable("All checks", [check, verdict, new("Took", ReportColumnKind.Words), summary],
            [.. checks.Select(one => new[] { NameOf(one), one.Verdict.ToString(), ReportText.Duration(one.LatencyMs / 1000), one.Summary })]);
    }

    private static ReportBar Bar(HealthCheck check, double length, string figure) => new(NameOf(check), 0, length, figure)
    {
        Kind = check.Verdict switch { Verdict.Healthy => ReportBarKind.Usual, Verdict.Failed => ReportBarKind.Bad, Verdict.Degraded => ReportBarKind.Mind, _ => ReportBarKind.Open },
    };

    private static string NameOf(HealthCheck check) => $"{check.Component} {check.Target}";

    private static string Number(double number) => number.ToString(number is > -100 and < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture);
}
