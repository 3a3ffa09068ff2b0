namespace AcodeOps.Metrics;

/// <summary>
/// Names under Prometheus' rules: base units (seconds, bytes), counters that end in <c>_total</c>. What writes files of metrics and
/// what writes rules about them have to name them alike.
/// </summary>
public static class PrometheusName
{
    private static readonly (string Suffix, string Base, double Factor)[] BaseUnits =
    [
        ("_milliseconds", "_seconds", 0.001), ("_minutes", "_seconds", 60), ("_hours", "_seconds", 3600), ("_days", "_seconds", 86_400), ("_percent", "_ratio", 0.01),
    ];

    /// <summary>The name of a metric, and what its figures are multiplied by to be in the base unit.</summary>
    /// <param name="metric">Its name in the registry.</param>
    /// <param name="kind">How its figures are drawn together.</param>
    /// <param name="unit">Its unit in the registry.</param>
    public static (string Name, double Factor) Of(string metric, MetricKind kind, string unit)
    {
        string name = metric.Replace('.', '_');
        (string suffix, string @base, double factor) = BaseUnits.FirstOrDefault(each => name.EndsWith(each.Suffix, StringComparison.Ordinal));
        if (suffix is not null)
        {
            name = name[..^suffix.Length] + @base;
        }
        else if (unit == "s" && !name.EndsWith("_seconds", StringComparison.Ordinal))
        {
            name += "_seconds";
        }
        else if (kind == MetricKind.Gauge && name.EndsWith("_count", StringComparison.Ordinal))
        {
            // The suffix belongs to histograms.
            name = name[..^"_count".Length] + "s";
        }

        return kind == MetricKind.Count && !name.EndsWith("_total", StringComparison.Ordinal) ? (name + "_total", suffix is null ? 1 : factor) : (name, suffix is null ? 1 : factor);
    }

    /// <summary>The name of a label for the key of a tag.</summary>
    public static string Label(string key)
    {
        string clean = new([.. key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        clean = clean.TrimStart('_');
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "tag_" + clean : clean;
    }

    /// <summary>The value of a label, without its quotes.</summary>
    public static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
