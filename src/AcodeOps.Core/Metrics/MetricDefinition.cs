namespace AcodeOps.Metrics;

/// <summary>One metric of the registry: what alert rules, dashboards and sinks know of it by its name.</summary>
/// <param name="Name">Its name, <c>acode.</c> and words with underscores; stable.</param>
/// <param name="Kind">How its figures are drawn together.</param>
/// <param name="Unit">What it is counted in; empty for a pure number.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Meaning">What it says, in one sentence.</param>
public sealed record MetricDefinition(string Name, MetricKind Kind, string Unit, MetricCategory Category, string Meaning)
{
    /// <summary>The keys of its tags, besides those that every metric of an environment gets.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value.ToArray(); } = [];

    /// <summary>The objective of the environment file that it is held against: <c>freshnessHours</c>; null for none.</summary>
    public string? Objective { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Name} ({Kind}, {(Unit.Length == 0 ? "number" : Unit)})";
}
