using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>Finds where the rows of the days lie, in a table that no index on the date serves: along the key, from its end.</summary>
internal sealed class LocateDaysStep(ExportPlan plan, ExportTable table) : ExportStep(plan)
{
    /// <inheritdoc />
    public override string Name => $"locate_{table.Table.Name}";

    /// <inheritdoc />
    public override string Title => $"Find the days of {table}";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        DateLocations found = await Source(context).LocateDatesAsync(table.Table, Copy.From, Copy.To, new Shown(context), cancel).ConfigureAwait(false);
        new ExportFacts(context.Facts).SetLocated(table, found);
        context.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Dates.Values.Sum(date => date.Rows):N0} rows of {found.Dates.Count} days among the newest {found.RowsSeen:N0} by {table.Table.Key}{(found.Since is null ? "" : $", down to {found.Since}")}"));
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(new ExportFacts(context.Facts).Located(table) is not null);

    private sealed class Shown(StepContext context) : IProgress<long>
    {
        public void Report(long value) => context.Report(string.Create(CultureInfo.InvariantCulture, $"{value:N0} rows gone along"));
    }
}
