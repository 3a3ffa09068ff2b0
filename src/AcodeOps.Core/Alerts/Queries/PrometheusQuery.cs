using System.Globalization;
using AcodeOps.Metrics;

namespace AcodeOps.Alerts.Queries;

/// <summary>
/// A condition in Prometheus' query language, over the series of the file that Send-AcodeMetric writes. That file stays when nobody
/// measures any more: then its figures stand, and its counters stand still.
/// </summary>
public static class PrometheusQuery
{
    /// <summary>The expression; it has a result for each group that fires.</summary>
    public static string Of(AlertCondition condition) => condition switch
    {
        ThresholdCondition { Over: AlertAggregate.Sum } counted when KindOf(counted.Term) == MetricKind.Count =>
            $"{Increase(counted.Term, counted.GroupBy, counted.WindowMinutes)} {counted.Comparison.Sign()} {Scaled(counted.Term, counted.Threshold)}",
        // Several reasons at once are one alert.
        ThresholdCondition { FiresWhenMissing: true } threshold => $"max(({Level(threshold)}) or {Missing(threshold)})",
        ThresholdCondition threshold => Level(threshold),
        RatioCondition ratio => string.Create(CultureInfo.InvariantCulture,
            $"{Over(ratio.Over)}(({Level(ratio.Numerator, ratio.GroupBy)} / {Level(ratio.Denominator, ratio.GroupBy)})[{ratio.WindowMinutes}m:1m]) {ratio.Comparison.Sign()} {DatadogQuery.Number(ratio.Threshold * FactorOf(ratio.Numerator) / FactorOf(ratio.Denominator))}"),
        AbsenceCondition absence => $"({Increase(absence.Term, absence.GroupBy, absence.WindowMinutes)} or vector(0)) < {Scaled(absence.Term, absence.Threshold)}",
        _ => throw new NotSupportedException(condition.GetType().Name),
    };

    private static string Level(ThresholdCondition threshold) => string.Create(CultureInfo.InvariantCulture,
        $"{Over(threshold.Over)}({Level(threshold.Term, threshold.GroupBy)}[{threshold.WindowMinutes}m:1m]) {threshold.Comparison.Sign()} {Scaled(threshold.Term, threshold.Threshold)}");

    private static string Level(AlertTerm term, IReadOnlyList<string> groupBy) => $"{DatadogQuery.Name(term.Across)}{By(groupBy)}({Selector(term)})";

    private static string Increase(AlertTerm term, IReadOnlyList<string> groupBy, int minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"sum{By(groupBy)}(increase({Selector(term)}[{minutes}m]))");

    // Not in the file, or in a file that nobody writes any more.
    private static string Missing(ThresholdCondition threshold)
    {
        AlertTerm collections = new("acode.metrics_collections") { Tags = [.. threshold.Term.Tags.Where(tag => tag.StartsWith("env:", StringComparison.Ordinal))] };
        return string.Create(CultureInfo.InvariantCulture, $"absent_over_time({Selector(threshold.Term)}[{threshold.WindowMinutes}m]) or ({Increase(collections, [], threshold.WindowMinutes)} < 1)");
    }

    private static string By(IReadOnlyList<string> groupBy) => groupBy.Count == 0 ? "" : $" by ({string.Join(", ", groupBy.Select(PrometheusName.Label))}) ";

    private static string Selector(AlertTerm term)
    {
        IEnumerable<string> labels = term.Tags.Select(tag => tag.Split(':', 2)).Select(tag => $"{PrometheusName.Label(tag[0])}=\"{PrometheusName.Escaped(tag.Length > 1 ? tag[1] : "true")}\"");
        return $"{NameOf(term).Name}{{{string.Join(',', labels)}}}";
    }

    private static string Over(AlertAggregate over) => $"{DatadogQuery.Name(over)}_over_time";

    private static string Scaled(AlertTerm term, double threshold) => DatadogQuery.Number(threshold * FactorOf(term));

    private static double FactorOf(AlertTerm term) => NameOf(term).Factor;

    private static MetricKind KindOf(AlertTerm term) => MetricCatalog.Find(term.Metric)?.Kind ?? MetricKind.Gauge;

    private static (string Name, double Factor) NameOf(AlertTerm term) => PrometheusName.Of(term.Metric, KindOf(term), MetricCatalog.Find(term.Metric)?.Unit ?? "");
}
