using AcodeOps.Health;
using AcodeOps.Quality;

namespace AcodeOps.Metrics.Groups;

/// <summary>How good the data was when it was last tested on record: testing reads the rows, which is too much for every collection.</summary>
internal sealed class QualityMetrics : MetricGroup<RecordedScore?>
{
    /// <inheritdoc />
    protected override string TargetTag => "table";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        environment.FindStorage(StorageRole.Quarantine) is null ? [] : environment.Tables.Select(table => table.Name);

    /// <inheritdoc />
    protected override Task<RecordedScore?> ReadAsync(HealthContext context, string target, CancellationToken cancel) =>
        QualityScores.FindAsync(context.Installation.Storage(StorageRole.Quarantine), context.Environment.Name, target, context.Now, cancel);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<RecordedScore?>> Make() =>
    [
        new(new("acode.data_quality_score", MetricKind.Gauge, "points", MetricCategory.Business, "The score of a table's rules, from 0 to 100, when Test-AcodeDataQuality last recorded one within 8 days.") { Tags = ["table"], Objective = "qualityScore" },
            (recorded, _) => [Figure(recorded)]),
    ];

    private static MetricValue Figure(RecordedScore? recorded) => recorded is null
        ? MetricValue.Unknown("QualityNotRecorded", $"No test of its data was recorded within {QualityScores.Days} days.", "Test-AcodeDataQuality -Record, or the weekly maintenance, records one.")
        : MetricValue.OrUnknown(recorded.Score, "QualityNotMeasured", "None of its rules could be measured.") with { Evidence = [FormattableString.Invariant($"tested {recorded.TestedAt:u}"), recorded.Location] };
}
