using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>The figures of a table with an event date: its last closed day, and today so far, kept apart. One statement for all of them.</summary>
internal sealed class TableMetrics : MetricGroup<TableMetrics.Reading>
{
    private const string Closed = "day:closed";
    private const string Today = "day:today";

    /// <inheritdoc />
    protected override string TargetTag => "table";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        environment.Sources.Count == 0 ? [] : environment.Tables.Where(table => table.EventDate is not null).Select(table => table.Name);

    /// <inheritdoc />
    protected override async Task<Reading> ReadAsync(HealthContext context, string target, CancellationToken cancel)
    {
        TableDefinition table = Table(context.Environment, target);
        SourceChoice choice = await FreshestSource.ChooseAsync(context).ConfigureAwait(false);
        return new Reading(table, choice, await context.PassAsync(choice.Source, table).ConfigureAwait(false));
    }

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<Reading>> Make() =>
    [
        new(Business("acode.daily_records", "rows", "Rows of an event date: of the last closed day, and of today so far.") with { Objective = "volumePercent" },
            (reading, _) => ByDay(reading, day => day.Rows, 0)),
        new(Business("acode.daily_transaction_value", "currency", "The sum of the table's value column over an event date, in the source's currency."),
            (reading, _) => ByDay(reading, day => (double?)day.Value, 0)) { AppliesTo = (environment, target) => Table(environment, target).Value is not null },
        new(Business("acode.daily_unique_pharmacies", "pharmacies", "Different pharmacies with rows of an event date."),
            (reading, _) => ByDay(reading, day => day.Pharmacies, 0)) { AppliesTo = (environment, target) => Table(environment, target).Pharmacy is not null },
    ];

    private static MetricDefinition Business(string name, string unit, string meaning) =>
        new(name, MetricKind.Gauge, unit, MetricCategory.Business, meaning) { Tags = ["table", "day", "role"] };

    private static TableDefinition Table(AcodeEnvironment environment, string target) => environment.Tables.Single(table => table.Name == target);

    private static IEnumerable<MetricValue> ByDay(Reading reading, Func<TableDay, double?> figure, double ofNone) =>
        new[] { (Tag: Closed, Date: reading.Pass.Today.AddDays(-1)), (Tag: Today, Date: reading.Pass.Today) }
            .Select(day => Figure(reading, day.Date, figure, ofNone) with { Tags = [day.Tag, reading.RoleTag], Evidence = reading.Evidence(day.Date) });

    private static MetricValue Figure(Reading reading, DateOnly date, Func<TableDay, double?> figure, double ofNone) =>
        reading.Pass.Volume.CompleteFrom is not { } from || date < from
            ? MetricValue.Unknown("VolumeNotCounted", FormattableString.Invariant($"The rows of {date:yyyy-MM-dd} cannot be counted without scanning the table."), "Have an index made that leads with the event date.")
            : !reading.Pass.Days.TryGetValue(date, out TableDay? day) ? new MetricValue(ofNone)
            : MetricValue.OrUnknown(figure(day), "ValueMissing", FormattableString.Invariant($"All {day.Rows:#,0} rows of {date:yyyy-MM-dd} have NULL there."), "Ask the partner.");

    /// <summary>What was read of a table.</summary>
    internal sealed record Reading(TableDefinition Table, SourceChoice Choice, TablePass Pass)
    {
        /// <summary>The source that was asked. Not <c>host:</c>, which is the name of the machine that sends.</summary>
        public string RoleTag => $"role:{Choice.Source.Definition.Role.TargetName()}";

        /// <summary>How a date's figures were found.</summary>
        public IReadOnlyList<string> Evidence(DateOnly date) => [FormattableString.Invariant($"event date {date:yyyy-MM-dd}"), $"found by: {Pass.Volume.Method}", Choice.Evidence];
    }
}
