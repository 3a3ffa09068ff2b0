using System.Globalization;
using System.Text;
using AcodeOps.Metrics;

namespace AcodeOps.Adapters.Metrics;

/// <summary>
/// Metrics in the text format of Prometheus, under its naming rules: base units (seconds, bytes), counters that end in
/// <c>_total</c>, no time stamps.
/// </summary>
internal static class PrometheusText
{
    /// <summary>The text: gauges as they are, counts added to what the file had before.</summary>
    /// <param name="metrics">The metrics; each has a value.</param>
    /// <param name="before">The counters of the file that is replaced, by name and labels: a counter never falls, nor goes away.</param>
    public static string Of(IEnumerable<Metric> metrics, IReadOnlyDictionary<string, double> before)
    {
        SortedDictionary<string, Family> families = new(StringComparer.Ordinal);
        foreach (string series in before.Keys)
        {
            string name = series.Split('{')[0];
            Add(families, name, MetricKind.Count, null).Series[series[name.Length..]] = before[series];
        }

        foreach (Metric metric in metrics)
        {
            (string name, double factor) = PrometheusName.Of(metric.Name, metric.Kind, metric.Unit);
            Family family = Add(families, name, metric.Kind, MetricCatalog.Find(metric.Name)?.Meaning);
            string labels = Labels(metric.Tags);
            double value = metric.Value!.Value * factor;
            family.Series[labels] = metric.Kind == MetricKind.Count && family.Series.TryGetValue(labels, out double sum) ? sum + value : value;
        }

        StringBuilder text = new();
        foreach ((string name, Family family) in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {PrometheusName.Escaped(family.Help ?? "A metric of AcodeOps.").Replace("\\\"", "\"", StringComparison.Ordinal)}\n# TYPE {name} {(family.Kind == MetricKind.Count ? "counter" : "gauge")}\n");
            foreach ((string labels, double value) in family.Series)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {DogStatsDLine.Number(value)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The counters of a text that was written here, by name and labels; what cannot be read is left out.</summary>
    public static IReadOnlyDictionary<string, double> Counters(string text)
    {
        string[] lines = text.Split('\n');
        HashSet<string> counters = [.. lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal) && line.EndsWith(" counter", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];
        Dictionary<string, double> found = [];
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            int blank = line.LastIndexOf(' ');
            if (blank > 0 && counters.Contains(line[..blank].Split('{')[0]) && double.TryParse(line[(blank + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0)
            {
                found[line[..blank]] = value;
            }
        }

        return found;
    }

    private static Family Add(SortedDictionary<string, Family> families, string name, MetricKind kind, string? help)
    {
        if (!families.TryGetValue(name, out Family? family))
        {
            families[name] = family = new Family(kind);
        }

        family.Help ??= help;
        return family;
    }

    // A key that is there twice would make the file invalid: its values are put together.
    private static string Labels(IEnumerable<string> tags)
    {
        IEnumerable<string> labels = tags.Select(tag => tag.Split(':', 2)).Select(tag => (Key: PrometheusName.Label(tag[0]), Value: tag.Length > 1 ? tag[1] : "true"))
            .GroupBy(tag => tag.Key, StringComparer.Ordinal).OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}=\"{PrometheusName.Escaped(string.Join(',', label.Select(tag => tag.Value)))}\"");
        string all = string.Join(',', labels);
        return all.Length == 0 ? "" : $"{{{all}}}";
    }

    private sealed class Family(MetricKind kind)
    {
        public MetricKind Kind => kind;

        public string? Help { get; set; }

        public SortedDictionary<string, double> Series { get; } = new(StringComparer.Ordinal);
    }
}
