using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>The manifest of a run's copy, in the storage.</summary>
internal static class ManifestFile
{
    /// <summary>Writes it anew, from what the run remembers.</summary>
    /// <param name="context">The step's.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="isLast">True at the end of the copy.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task WriteAsync(StepContext context, ExportPlan plan, bool isLast, CancellationToken cancel)
    {
        IObjectStore store = context.Installation.Storage(plan.Storage);
        PutOptions options = new() { Encrypt = plan.Encrypt, ContentType = "application/json" };
        await store.PutAsync(ExportKeys.Manifest(store.Definition, context.RunId), Of(context, plan, store.Definition.Bucket, isLast).ToBytes(), options, cancel).ConfigureAwait(false);
    }

    /// <summary>Reads it; null when there is none.</summary>
    public static async Task<ExportManifest?> ReadAsync(IObjectStore store, string key, CancellationToken cancel) =>
        await store.GetAsync(key, cancel).ConfigureAwait(false) is { } found ? ExportManifest.Parse(found.Content.Span) : null;

    private static ExportManifest Of(StepContext context, ExportPlan plan, string bucket, bool isLast)
    {
        ExportFacts facts = new(context.Facts);
        ExportResult result = ExportSummary.Of(plan, context.Facts);
        ILookup<ExportTable, ExportSlice> slices = ExportSlice.Of(plan).ToLookup(slice => slice.Table);
        return new ExportManifest
        {
            RunId = context.RunId,
            Environment = plan.Environment,
            Source = plan.Source,
            Server = plan.Server,
            SourceReason = plan.SourceReason,
            Bucket = bucket,
            From = plan.From,
            To = plan.To,
            StartedAt = JournalKey.TimeOf(context.RunId)!.Value,
            WrittenAt = context.Now,
            EndedAt = isLast ? context.Now : null,
            Complete = isLast && result.IsComplete,
            Watermark = result.Watermark,
            Rows = result.Rows,
            Bytes = result.Bytes,
            Tables = [.. plan.Tables.Zip(result.Tables).Select(pair => Of(pair.First, pair.Second, [.. slices[pair.First]], facts))],
            Skipped = plan.Skipped,
        };
    }

    private static ManifestTable Of(ExportTable table, ExportTableResult result, ExportSlice[] slices, ExportFacts facts) => new()
    {
        Name = table.Table.Name,
        Key = table.Table.Key,
        EventDate = table.Table.EventDate,
        ProcessedAt = table.Table.ProcessedAt,
        Method = table.Method,
        Complete = result.IsComplete,
        Days = [.. slices.Where(slice => facts.RowsOf(slice) is not null).Select(slice => slice.Date).OfType<DateOnly>()],
        Columns = facts.Columns(table),
        Objects = [.. slices.SelectMany(facts.Objects)],
    };
}
