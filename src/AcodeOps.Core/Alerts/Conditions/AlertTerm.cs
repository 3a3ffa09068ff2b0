namespace AcodeOps.Alerts;

/// <summary>Which series of a metric are looked at, and how those of one group become one.</summary>
/// <param name="Metric">The metric's name.</param>
public sealed record AlertTerm(string Metric)
{
    /// <summary>The tags that a series has to have, each as <c>key:value</c>.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value.ToArray(); } = [];

    /// <summary>How the series of a group become one at each moment.</summary>
    public AlertAggregate Across { get; init; } = AlertAggregate.Maximum;

    /// <inheritdoc />
    public override string ToString() => Tags.Count == 0 ? Metric : $"{Metric} [{string.Join(',', Tags)}]";
}
