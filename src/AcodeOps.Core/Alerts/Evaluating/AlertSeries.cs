using AcodeOps.Alerts.Queries;

namespace AcodeOps.Alerts;

/// <summary>The figures of one metric under one set of tags, a figure a minute: levels as they were last, counts added up.</summary>
internal sealed class AlertSeries(IReadOnlyList<string> tags, MetricKind kind)
{
    private readonly SortedList<long, double> _figures = [];

    /// <summary>Its tags, as monitoring systems keep them.</summary>
    public IReadOnlySet<string> Tags { get; } = tags.Select(DatadogQuery.Tag).ToHashSet(StringComparer.Ordinal);

    /// <summary>The value of a tag's key; null where it does not have the key.</summary>
    public string? ValueOf(string key) => tags.FirstOrDefault(tag => tag.StartsWith(key + ':', StringComparison.Ordinal))?[(key.Length + 1)..];

    /// <summary>Takes a figure.</summary>
    public void Add(long minute, double value) => _figures[minute] = kind == MetricKind.Count && _figures.TryGetValue(minute, out double sum) ? sum + value : value;

    /// <summary>The figures after one minute and up to another, the oldest first.</summary>
    public IEnumerable<(long Minute, double Value)> Within(long after, long upTo)
    {
        IList<long> minutes = _figures.Keys;
        int low = 0, high = minutes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = minutes[middle] > after ? (low, middle) : (middle + 1, high);
        }

        for (; low < minutes.Count && minutes[low] <= upTo; low++)
        {
            yield return (minutes[low], _figures.Values[low]);
        }
    }
}
