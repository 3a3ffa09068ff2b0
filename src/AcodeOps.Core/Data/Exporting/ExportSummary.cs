using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>Adds up what a run has copied.</summary>
internal static class ExportSummary
{
    /// <summary>The whole of it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">What the run remembers.</param>
    public static ExportResult Of(ExportPlan plan, StepFacts facts)
    {
        ExportFacts kept = new(facts);
        ILookup<ExportTable, ExportSlice> slices = ExportSlice.Of(plan).ToLookup(slice => slice.Table);
        ExportTableResult[] tables = [.. plan.Tables.Select(table => Of(table, slices[table], kept))];
        string? folder = tables.Any(table => table.Objects > 0) || kept.Ended is not null ? kept.Folder : null;
        return new ExportResult
        {
            Location = folder,
            Manifest = folder is not null && kept.Ended is not null ? folder + ExportKeys.ManifestName : null,
            Source = plan.Source,
            IsComplete = plan.Skipped.Count == 0 && tables.All(table => table.IsComplete),
            Objects = tables.Sum(table => table.Objects),
            Rows = tables.Sum(table => table.Rows),
            Bytes = tables.Sum(table => table.Bytes),
            Watermark = tables.Select(table => table.Watermark).Max(StringComparer.Ordinal),
            Tables = tables,
        };
    }

    private static ExportTableResult Of(ExportTable table, IEnumerable<ExportSlice> slices, ExportFacts kept)
    {
        ExportSlice[] all = [.. slices];
        ExportObject[] objects = [.. all.SelectMany(kept.Objects)];
        return new ExportTableResult
        {
            Table = table.Table.Name,
            Days = all.Count(slice => slice.Date is not null && kept.RowsOf(slice) is not null),
            IsComplete = all.All(slice => kept.RowsOf(slice) is not null),
            Objects = objects.Length,
            Rows = objects.Sum(written => written.Rows),
            Bytes = objects.Sum(written => written.Bytes),
            ZeroDates = objects.Sum(written => written.ZeroDates),
            Watermark = objects.Select(written => written.ProcessedAt?.Greatest).Max(StringComparer.Ordinal),
        };
    }
}
