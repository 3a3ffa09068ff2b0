using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>How much is in a storage, counted to the last object.</summary>
internal sealed class StorageMetrics : MetricGroup<StorageFigures>
{
    /// <inheritdoc />
    protected override string TargetTag => "bucket";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => new StorageProbe().Targets(environment);

    /// <inheritdoc />
    protected override Task<StorageFigures> ReadAsync(HealthContext context, string target, CancellationToken cancel) => StorageCensus.ReadAsync(context, target);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<StorageFigures>> Make() =>
    [
        new(Gauge("acode.s3_total_size_bytes", "bytes", "The size of all objects under the storage's prefix."), (figures, _) => [new MetricValue(figures.Bytes) { Evidence = figures.Evidence }]),
        new(Gauge("acode.s3_file_count", "objects", "How many objects there are under the storage's prefix."), (figures, _) => [new MetricValue(figures.Objects) { Evidence = figures.Evidence }]),
    ];

    private static MetricDefinition Gauge(string name, string unit, string meaning) => new(name, MetricKind.Gauge, unit, MetricCategory.Technical, meaning) { Tags = ["bucket"] };
}
