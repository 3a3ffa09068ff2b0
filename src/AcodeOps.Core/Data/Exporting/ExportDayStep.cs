using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>
/// Copies a day of a table, or a table whole. Each object is on record as soon as it is written; cut off, the step goes on after
/// the last of them, and writes the next under the same key again.
/// </summary>
internal sealed class ExportDayStep(ExportPlan plan, ExportSlice slice) : ExportStep(plan)
{
    /// <inheritdoc />
    public override string Name => slice.StepName;

    /// <inheritdoc />
    public override string Title => $"Copy {slice}{(slice.Date == Copy.To ? " so far" : "")}";

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        if (slice.Date is null)
        {
            // Rows that come while it is copied are not in it: so it ends, and is the same when it is gone on with.
            TableDefinition table = slice.Table.Table;
            new ExportFacts(context.Facts).SetUpTo(slice.Table, await Source(context).ReadCursorAsync(table, table.Key, cancel).ConfigureAwait(false));
        }
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        ExportFacts facts = new(context.Facts);
        IObjectStore store = Store(context);
        string prefix = ExportKeys.Slice(store.Definition, context.RunId, slice);
        facts.SetFolder($"s3://{store.Definition.Bucket}/{ExportKeys.Run(store.Definition, context.RunId)}");
        TableWay way = await Source(context).FindWayAsync(slice.Table.Table, cancel).ConfigureAwait(false);
        facts.SetColumns(slice.Table, way.Columns);
        int kept = (await WrittenObjects.FindAsync(context, store, prefix, facts.Objects(slice), cancel).ConfigureAwait(false)).Intact;
        facts.Forget(slice, kept);
        if (kept > 0)
        {
            context.Tell($"{kept} objects of an earlier attempt are whole and stay");
        }

        SliceWriter writer = new(context, Copy, slice, store, way.Columns);
        if (WindowOf(facts) is { } window)
        {
            RowPosition? after = facts.Objects(slice) is [.., { } last] ? last.Last : null;
            await foreach (IReadOnlyList<SourceRow> page in Source(context).ReadRowsAsync(slice.Table.Table, window, after, cancel).ConfigureAwait(false))
            {
                foreach (SourceRow row in page)
                {
                    await writer.AddAsync(row, cancel).ConfigureAwait(false);
                }
            }
        }

        await writer.EndAsync(cancel).ConfigureAwait(false);
        IReadOnlyList<ExportObject> objects = facts.Objects(slice);
        await RemoveStrayAsync(store, prefix, objects, cancel).ConfigureAwait(false);
        facts.End(slice, objects.Sum(written => written.Rows));
        context.Tell(Summary(objects));
        await ManifestFile.WriteAsync(context, Copy, isLast: false, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        ExportFacts facts = new(context.Facts);
        if (facts.RowsOf(slice) is not { } rows)
        {
            return false;
        }

        IObjectStore store = Store(context);
        IReadOnlyList<ExportObject> objects = facts.Objects(slice);
        WrittenObjects found = await WrittenObjects.FindAsync(
            context, store, ExportKeys.Slice(store.Definition, context.RunId, slice), objects, cancel).ConfigureAwait(false);
        return found.Intact == objects.Count && found.Strays.Count == 0 && found.Rows == rows;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        IObjectStore store = Store(context);
        await RemoveAsync(context, ExportKeys.Slice(store.Definition, context.RunId, slice), cancel).ConfigureAwait(false);
        await store.PurgeAsync(ExportKeys.Manifest(store.Definition, context.RunId), cancel).ConfigureAwait(false);
        new ExportFacts(context.Facts).Forget(slice, 0);
    }

    // Null where the day, or the table, has no rows.
    private RowWindow? WindowOf(ExportFacts facts) => slice switch
    {
        { Date: { } date, Table.Order: RowOrder.EventDate } => new RowWindow { Date = date },
        { Date: { } date } => facts.Located(slice.Table)?.Dates.GetValueOrDefault(date) is { } found ? new RowWindow { Date = date, Keys = found.Keys } : null,
        _ => facts.UpTo(slice.Table) is { } last ? new RowWindow { Keys = [new KeyRange(null, last)] } : null,
    };

    // An attempt that was cut off between writing an object and putting it on record may have left one more than there is now.
    private static async Task RemoveStrayAsync(IObjectStore store, string prefix, IReadOnlyList<ExportObject> objects, CancellationToken cancel)
    {
        HashSet<string> ours = [.. objects.Select(written => written.Key)];
        await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
        {
            if (!ours.Contains(stored.Key))
            {
                await store.PurgeAsync(stored.Key, cancel).ConfigureAwait(false);
            }
        }
    }

    private string Summary(IReadOnlyList<ExportObject> objects)
    {
        (long rows, long bytes, long zeros) = (objects.Sum(o => o.Rows), objects.Sum(o => o.Bytes), objects.Sum(o => o.ZeroDates));
        string expected = slice.RowsExpected is { } planned && slice.Date is not null && planned != rows ? $" ({planned:N0} when it was planned)" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows{expected} in {objects.Count} objects, {bytes / 1e6:N1} MB{(zeros > 0 ? $", {zeros:N0} dates of zeros are NULL" : "")}");
    }
}
