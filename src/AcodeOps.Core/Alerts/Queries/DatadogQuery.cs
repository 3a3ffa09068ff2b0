using System.Globalization;
using AcodeOps.Metrics;

namespace AcodeOps.Alerts.Queries;

/// <summary>
/// A condition in Datadog's query language for monitors. A count is asked for with <c>.as_count()</c>: without it, Datadog answers
/// per second.
/// </summary>
public static class DatadogQuery
{
    /// <summary>The query.</summary>
    public static string Of(AlertCondition condition) => condition switch
    {
        ThresholdCondition threshold => string.Create(CultureInfo.InvariantCulture,
            $"{Time(threshold.Over, threshold.WindowMinutes)}{Series(threshold.Term, threshold.GroupBy, threshold.IsRate)} {threshold.Comparison.Sign()} {Number(threshold.Threshold)}"),
        RatioCondition ratio => string.Create(CultureInfo.InvariantCulture,
            $"{Time(ratio.Over, ratio.WindowMinutes)}{Series(ratio.Numerator, ratio.GroupBy, false)} / {Series(ratio.Denominator, ratio.GroupBy, false)} {ratio.Comparison.Sign()} {Number(ratio.Threshold)}"),
        AbsenceCondition absence => string.Create(CultureInfo.InvariantCulture,
            $"{Time(AlertAggregate.Sum, absence.WindowMinutes)}{Series(absence.Term, absence.GroupBy, false)} < {Number(absence.Threshold)}"),
        _ => throw new NotSupportedException(condition.GetType().Name),
    };

    /// <summary>A tag as Datadog keeps it: lower case, and what it does not know is an underscore.</summary>
    public static string Tag(string tag) => new([.. tag.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : c is '_' or '-' or ':' or '.' or '/' ? c : '_')]);

    private static string Time(AlertAggregate over, int minutes) => string.Create(CultureInfo.InvariantCulture, $"{Name(over)}(last_{Window(minutes)}):");

    private static string Window(int minutes) => (minutes % 1440, minutes % 60) switch
    {
        (0, _) when minutes / 1440 is 1 => "1d",
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{minutes}m"),
    };

    private static string Series(AlertTerm term, IReadOnlyList<string> groupBy, bool isRate)
    {
        string tags = term.Tags.Count == 0 ? "*" : string.Join(',', term.Tags.Select(Tag));
        string by = groupBy.Count == 0 ? "" : $" by {{{string.Join(',', groupBy)}}}";
        string counted = !isRate && MetricCatalog.Find(term.Metric)?.Kind == MetricKind.Count ? ".as_count()" : "";
        return $"{Name(term.Across)}:{term.Metric}{{{tags}}}{by}{counted}";
    }

    internal static string Name(AlertAggregate aggregate) => aggregate switch
    {
        AlertAggregate.Average => "avg",
        AlertAggregate.Minimum => "min",
        AlertAggregate.Maximum => "max",
        _ => "sum",
    };

    internal static string Number(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
