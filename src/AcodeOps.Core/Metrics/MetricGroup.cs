using AcodeOps.Health;

namespace AcodeOps.Metrics;

/// <summary>
/// Metrics that come out of one reading. A new metric of a reading that exists is one entry; a new reading is one class that
/// derives from <see cref="MetricGroup{TReading}"/>: the catalogue finds it by itself.
/// </summary>
public abstract class MetricGroup
{
    /// <summary>Its metrics.</summary>
    public abstract IReadOnlyList<MetricDefinition> Definitions { get; }

    /// <summary>What there is to measure in this environment, one name each.</summary>
    public abstract IEnumerable<string> Targets(AcodeEnvironment environment);

    /// <summary>Measures one target.</summary>
    /// <param name="context">What the readings of a call share.</param>
    /// <param name="target">The target.</param>
    /// <param name="wanted">The metrics that are asked for.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">It could not be read.</exception>
    public abstract Task<IReadOnlyList<Metric>> MeasureAsync(HealthContext context, string target, Predicate<MetricDefinition> wanted, CancellationToken cancel);

    /// <summary>The wanted metrics of a target that could not be read.</summary>
    public abstract IReadOnlyList<Metric> Unknown(HealthContext context, string target, Predicate<MetricDefinition> wanted, AcodeException failure);
}

/// <summary>Metrics that come out of one reading.</summary>
/// <typeparam name="TReading">What is read.</typeparam>
public abstract class MetricGroup<TReading> : MetricGroup
{
    private IReadOnlyList<MetricEntry<TReading>>? _entries;

    /// <inheritdoc />
    public sealed override IReadOnlyList<MetricDefinition> Definitions => [.. Entries.Select(entry => entry.Definition)];

    /// <summary>The metrics, and how each is made of the reading.</summary>
    protected abstract IEnumerable<MetricEntry<TReading>> Make();

    /// <summary>The key of the tag that tells targets apart: <c>table</c>; null where there is only one.</summary>
    protected virtual string? TargetTag => null;

    private IReadOnlyList<MetricEntry<TReading>> Entries => _entries ??= [.. Make()];

    /// <summary>Reads one target, once, for all of the metrics.</summary>
    protected abstract Task<TReading> ReadAsync(HealthContext context, string target, CancellationToken cancel);

    /// <inheritdoc />
    public sealed override async Task<IReadOnlyList<Metric>> MeasureAsync(HealthContext context, string target, Predicate<MetricDefinition> wanted, CancellationToken cancel)
    {
        MetricEntry<TReading>[] entries = Wanted(context, target, wanted);
        if (entries.Length == 0)
        {
            return [];
        }

        TReading reading = await ReadAsync(context, target, cancel).ConfigureAwait(false);
        return [.. from entry in entries from value in entry.Measure(reading, context) select Tagged(context, target, entry.Definition, value)];
    }

    /// <inheritdoc />
    public sealed override IReadOnlyList<Metric> Unknown(HealthContext context, string target, Predicate<MetricDefinition> wanted, AcodeException failure) =>
        [.. Wanted(context, target, wanted).Select(entry => Tagged(context, target, entry.Definition, MetricValue.Of(failure)))];

    private MetricEntry<TReading>[] Wanted(HealthContext context, string target, Predicate<MetricDefinition> wanted) =>
        [.. Entries.Where(entry => wanted(entry.Definition) && entry.AppliesTo(context.Environment, target))];

    private Metric Tagged(HealthContext context, string target, MetricDefinition definition, MetricValue value) => definition.Measured(value, context.Now) with
    {
        Tags = [.. TargetTag is { } key ? [$"{key}:{target}"] : Array.Empty<string>(), .. value.Tags],
    };
}
