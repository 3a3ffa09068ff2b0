using AcodeOps.Exporting;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery;

/// <summary>Looks for the emergency copy: how old, how big, how far its data reaches. What cannot be told is said; nothing fails by it.</summary>
internal sealed class FindEmergencyCopyStep : RunbookStep
{
    /// <summary>The fact that keeps what was found.</summary>
    public const string Found = "emergency_copy";

    private const string Done = "emergency_looked";

    // Well within the step's own time: looking for too long must not end the run as anything but the escalation that it is.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    // Of the newest objects: what was written last reaches furthest.
    private const int Footers = 20;

    /// <inheritdoc />
    public override string Name => "find_emergency_copy";

    /// <inheritdoc />
    public override string Title => "Look for the emergency copy";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(Limit, context.Installation.Clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            EmergencyCopy copy = await FindAsync(context, both.Token).ConfigureAwait(false);
            context.Facts.Set(Found, copy);
            context.Tell(copy.ToString());
        }
        catch (AcodeException failure)
        {
            context.Tell($"Whether there is an emergency copy is not known. {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            context.Tell($"Whether there is an emergency copy is not known: its storage was not read within {Limit.TotalSeconds:0} s.");
        }

        context.Facts.Set(Done, true);
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Has(Done));

    private static async Task<EmergencyCopy> FindAsync(StepContext context, CancellationToken cancel)
    {
        IObjectStore store = context.Installation.Storage(StorageRole.Emergency);
        EmergencyObjects found = await EmergencyObjects.ListAsync(store, Footers, context.Now, cancel).ConfigureAwait(false);
        string? told = found.Manifest is null ? null : await ReadManifestAsync(context, store, found.Manifest, cancel).ConfigureAwait(false);
        return found.Copy with
        {
            Watermark = new[] { told, await WatermarkAsync(context, store, found.Newest, cancel).ConfigureAwait(false) }.Max(StringComparer.Ordinal),
        };
    }

    // A copy of Export-AcodeData begins with the newest rows: they are not in the objects that were written last.
    private static async Task<string?> ReadManifestAsync(StepContext context, IObjectStore store, StoredObject stored, CancellationToken cancel)
    {
        try
        {
            ExportManifest? manifest = await ManifestFile.ReadAsync(store, stored.Key, cancel).ConfigureAwait(false);
            context.Tell(manifest is { Complete: true } ? $"{stored.Key} tells of a complete copy" : $"{stored.Key} tells of a copy that is not complete");
            return manifest?.Watermark;
        }
        catch (FormatException e)
        {
            context.Tell($"{stored.Key} cannot be read: {e.Message}");
            return null;
        }
    }

    private static async Task<string?> WatermarkAsync(StepContext context, IObjectStore store, IReadOnlyList<StoredObject> objects, CancellationToken cancel)
    {
        string[] columns = [.. context.Installation.Environment.Tables.Select(table => table.ProcessedAt).OfType<string>().Distinct()];
        string? watermark = null;
        foreach (StoredObject stored in objects)
        {
            try
            {
                LakeFile footer = await context.Installation.Lake.ReadFooterAsync(store, stored, columns, cancel).ConfigureAwait(false);
                string? greatest = footer.Ranges.Values.Select(range => range.Greatest).Max(StringComparer.Ordinal);
                watermark = string.CompareOrdinal(greatest, watermark) > 0 ? greatest : watermark;
            }
            catch (AcodeException failure) when (!failure.Cause.IsOutage())
            {
                context.Tell($"{stored.Key} cannot be read: {failure.Message}");
            }
        }

        return watermark;
    }
}
