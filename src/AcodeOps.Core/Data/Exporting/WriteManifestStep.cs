using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>Writes the manifest of the whole copy: the last step.</summary>
internal sealed class WriteManifestStep(ExportPlan plan) : ExportStep(plan)
{
    /// <inheritdoc />
    public override string Name => "write_manifest";

    /// <inheritdoc />
    public override string Title => "Write the manifest";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await ManifestFile.WriteAsync(context, Copy, isLast: true, cancel).ConfigureAwait(false);
        new ExportFacts(context.Facts).Ended = context.Now;
        context.Tell(ExportSummary.Of(Copy, context.Facts).ToString());
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        IObjectStore store = Store(context);
        ExportManifest? manifest = await ManifestFile.ReadAsync(store, ExportKeys.Manifest(store.Definition, context.RunId), cancel).ConfigureAwait(false);
        ExportFacts facts = new(context.Facts);
        if (manifest is { EndedAt: { } ended } && facts.Ended is null)
        {
            facts.Ended = ended;
        }

        return manifest is { EndedAt: not null } && manifest.Rows == ExportSummary.Of(Copy, context.Facts).Rows;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        IObjectStore store = Store(context);
        await store.PurgeAsync(ExportKeys.Manifest(store.Definition, context.RunId), cancel).ConfigureAwait(false);
        new ExportFacts(context.Facts).Ended = null;
    }
}
