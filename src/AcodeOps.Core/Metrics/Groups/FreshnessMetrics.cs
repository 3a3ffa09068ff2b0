using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>How old a table's newest data is, on the two clocks that its rows carry.</summary>
internal sealed class FreshnessMetrics : MetricGroup<FreshnessMetrics.Reading>
{
    /// <inheritdoc />
    protected override string TargetTag => "table";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        environment.Sources.Count == 0 ? [] : environment.Tables.Where(table => table.EventDate is not null || table.ProcessedAt is not null).Select(table => table.Name);

    /// <inheritdoc />
    protected override async Task<Reading> ReadAsync(HealthContext context, string target, CancellationToken cancel)
    {
        SourceChoice choice = await FreshestSource.ChooseAsync(context).ConfigureAwait(false);
        return new Reading(choice, await context.WatermarkAsync(choice.Source, Table(context.Environment, target)).ConfigureAwait(false));
    }

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<Reading>> Make() =>
    [
        new(Age("acode.data_freshness_hours", "h", "The age of the newest row, by the time at which it was processed."),
            (reading, context) => [Judged(reading, FreshnessProbe.JudgeProcessed(reading.Watermark, context.Now, context.Environment.Objectives))])
        { AppliesTo = (environment, target) => Table(environment, target).ProcessedAt is not null },
        new(Age("acode.event_date_age_days", "d", "The age of the newest event date, in days of the source's calendar: 1 is yesterday, all of today."),
            (reading, context) => [Judged(reading, FreshnessProbe.JudgeEventDate(reading.Watermark, context.Today(), context.Environment.Objectives))])
        { AppliesTo = (environment, target) => Table(environment, target).EventDate is not null },
    ];

    private static MetricDefinition Age(string name, string unit, string meaning) =>
        new(name, MetricKind.Gauge, unit, MetricCategory.Business, meaning) { Tags = ["table", "role"], Objective = "freshnessHours" };

    private static TableDefinition Table(AcodeEnvironment environment, string target) => environment.Tables.Single(table => table.Name == target);

    // An empty table is not fresh, and a row of the future makes nothing fresh: the check's own judgement says so.
    private static MetricValue Judged(Reading reading, Observation seen) => new MetricValue(seen.Value)
    {
        Tags = [$"role:{reading.Choice.Source.Definition.Role.TargetName()}"],
        Evidence = [.. seen.Evidence, reading.Choice.Evidence],
        Problem = seen.Value is null ? seen.Summary : null,
        ErrorId = seen.Value is null ? seen.ErrorId : null,
        Cause = seen.Value is null ? seen.Cause : null,
        Remedy = seen.Value is null ? seen.Remedy : null,
    };

    /// <summary>What was read of a table.</summary>
    internal sealed record Reading(SourceChoice Choice, TableWatermark Watermark);
}
