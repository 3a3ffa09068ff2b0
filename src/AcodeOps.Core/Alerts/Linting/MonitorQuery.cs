using System.Globalization;
using System.Text.RegularExpressions;
using AcodeOps.Metrics;

namespace AcodeOps.Alerts.Linting;

/// <summary>
/// A query of a Datadog metric monitor as a condition. Understood are one series, or one divided by another:
/// <c>avg(last_5m):sum:metric{tag:value} by {key}.as_count() &gt;= 3</c>. Functions, wildcards and exclusions are not.
/// </summary>
internal static partial class MonitorQuery
{
    /// <summary>Reads a query; null where it is not understood.</summary>
    public static AlertCondition? TryParse(string query)
    {
        Match match = Pattern().Match(query);
        if (!match.Success || Series(match, "a") is not { } first || WindowOf(match) is not { } window)
        {
            return null;
        }

        AlertAggregate over = AggregateOf(match.Groups["time"].Value);
        AlertComparison comparison = ComparisonOf(match.Groups["op"].Value);
        double threshold = double.Parse(match.Groups["threshold"].Value, CultureInfo.InvariantCulture);
        string[] by = KeysOf(match.Groups["aby"].Value);
        if (!match.Groups["bmetric"].Success)
        {
            return new ThresholdCondition { Term = first, Over = over, Comparison = comparison, Threshold = threshold, WindowMinutes = window, GroupBy = by, IsRate = IsRate(match, "a") };
        }

        // What is divided group by group has to have the same groups; counts are added up before they are divided, which is another sum.
        return Series(match, "b") is not { } second || !by.SequenceEqual(KeysOf(match.Groups["bby"].Value)) || IsCount(first) || IsCount(second) ? null
            : new RatioCondition { Numerator = first, Denominator = second, Over = over, Comparison = comparison, Threshold = threshold, WindowMinutes = window, GroupBy = by };
    }

    /// <summary>True where the query names a metric without saying of what: Datadog refuses it.</summary>
    public static bool LacksScope(string query) => Pattern().Match(query) is { Success: true } match && !match.Groups["ascope"].Success;

    private static bool IsCount(AlertTerm term) => MetricCatalog.Find(term.Metric)?.Kind == MetricKind.Count;

    private static bool IsRate(Match match, string of) => match.Groups[of + "fn"].Value == ".as_rate()"
        || (match.Groups[of + "fn"].Length == 0 && MetricCatalog.Find(match.Groups[of + "metric"].Value)?.Kind == MetricKind.Count);

    private static AlertTerm? Series(Match match, string of)
    {
        string[] tags = KeysOf(match.Groups[of + "scope"].Value);
        return tags.Any(tag => tag != "*" && (tag[0] is '!' or '-' || tag.Contains('*', StringComparison.Ordinal) || tag.Contains(' ', StringComparison.Ordinal) || tag.Contains('(', StringComparison.Ordinal)))
            ? null
            : new AlertTerm(match.Groups[of + "metric"].Value) { Across = AggregateOf(match.Groups[of + "space"].Value), Tags = [.. tags.Where(tag => tag != "*")] };
    }

    private static string[] KeysOf(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int? WindowOf(Match match)
    {
        int minutes = match.Groups["unit"].Value switch { "m" => 1, "h" => 60, "d" => 1_440, _ => 10_080 };
        return int.TryParse(match.Groups["count"].Value, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 43_200 && (long)count * minutes <= 43_200 ? count * minutes : null;
    }

    private static AlertAggregate AggregateOf(string name) => name switch
    {
        "avg" => AlertAggregate.Average,
        "min" => AlertAggregate.Minimum,
        "max" => AlertAggregate.Maximum,
        _ => AlertAggregate.Sum,
    };

    private static AlertComparison ComparisonOf(string sign) => Enum.GetValues<AlertComparison>().First(comparison => comparison.Sign() == sign);

    [GeneratedRegex(
        @"\A\s*(?<time>avg|min|max|sum)\(last_(?<count>\d{1,6})(?<unit>[mhdw])\)\s*:\s*"
        + @"(?<aspace>avg|min|max|sum):(?<ametric>[A-Za-z][A-Za-z0-9_.]{0,199})(?:\{(?<ascope>[^{}]{1,1000})\})?(?:\s*by\s*\{(?<aby>[^{}]{1,200})\})?(?<afn>\.as_count\(\)|\.as_rate\(\))?"
        + @"(?:\s*/\s*(?<bspace>avg|min|max|sum):(?<bmetric>[A-Za-z][A-Za-z0-9_.]{0,199})(?:\{(?<bscope>[^{}]{1,1000})\})?(?:\s*by\s*\{(?<bby>[^{}]{1,200})\})?(?<bfn>\.as_count\(\)|\.as_rate\(\))?)?"
        + @"\s*(?<op>>=|<=|==|!=|>|<)\s*(?<threshold>-?\d{1,15}(?:\.\d{1,15})?)\s*\z",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
