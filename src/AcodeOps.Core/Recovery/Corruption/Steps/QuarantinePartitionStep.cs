using AcodeOps.Audit;
using AcodeOps.Routing;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Corruption.Steps;

/// <summary>Moves the corrupted objects to quarantine. From then on they are read there, where nobody changes them.</summary>
internal sealed class QuarantinePartitionStep(ReloadPlan reload) : FailoverStep(reload.Switch)
{
    /// <summary>The fact that names the manifests.</summary>
    public const string Manifests = "quarantined_corrupted";

    /// <summary>The fact that keeps what the objects say of themselves.</summary>
    public const string Content = "corrupted_content";

    /// <summary>The fact that tells when the run began.</summary>
    public const string StartedAt = "recovery_started_at";

    private const string Moves = "corrupted_moves";

    /// <inheritdoc />
    public override string Name => "quarantine_corrupted";

    /// <inheritdoc />
    public override string Title => "Quarantine the corrupted objects";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => new()
    {
        EventType = AuditEventType.DataAccess,
        Subject = reload.Location,
        Reason = reload.Reason,
        Details = new Dictionary<string, object?> { ["act"] = "corrupted objects to quarantine", ["stream"] = reload.Stream, ["step"] = Name },
    };

    /// <inheritdoc />
    public override Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        // Where the clock was set back, ids run ahead of it.
        DateTimeOffset now = context.Now;
        context.Facts.Set(StartedAt, UlidTime.TryRead(context.RunId) is { } begun && begun < now ? begun : now);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        IReadOnlyList<string> manifests = await QuarantineOf(context).EmptyAsync(
            c => context.PersistAsync(stop => FindAsync(context, stop), c), cancel).ConfigureAwait(false);
        context.Facts.Set(Manifests, manifests);
        ConnectionStream stream = reload.StreamOf();
        IReadOnlyList<StoredObject> moved = await MovedAsync(context, cancel).ConfigureAwait(false);
        PartitionContent content = await context.PersistAsync(
            c => PartitionContent.ReadAsync(
                context.Installation.Lake, context.Installation.Storage(StorageRole.Quarantine), moved,
                context.Installation.Environment.TableOf(stream).Key, stream.CursorField is [var field] ? field : null, c), cancel).ConfigureAwait(false);
        context.Facts.Set(Content, content);
        context.Tell(content.ToString());
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => context.Facts.Has(Content)
        && (await context.PersistAsync(c => FindAsync(context, c), cancel).ConfigureAwait(false)).Count == 0;

    /// <inheritdoc />
    public override Task UndoAsync(StepContext context, CancellationToken cancel) => QuarantineOf(context).ReturnAsync(cancel);

    /// <summary>The corrupted objects where they are now.</summary>
    public static async Task<IReadOnlyList<StoredObject>> MovedAsync(StepContext context, CancellationToken cancel)
    {
        IObjectStore quarantine = context.Installation.Storage(StorageRole.Quarantine);
        List<StoredObject> moved = [];
        foreach (string id in context.Facts.Get<List<string>>(Moves) ?? [])
        {
            if (await context.PersistAsync(c => DataMove.FindAsync(quarantine, id, c), cancel).ConfigureAwait(false) is { } manifest)
            {
                HashSet<string> keys = [.. manifest.Items.Select(item => item.TargetKey)];
                string folder = manifest.Items[0].TargetKey[..^manifest.Items[0].Key.Length];
                List<StoredObject> there = await context.PersistAsync(async c => await quarantine.ListAsync(folder, cancel: c).ToListAsync(c).ConfigureAwait(false), cancel).ConfigureAwait(false);
                moved.AddRange(there.Where(stored => keys.Contains(stored.Key)));
            }
        }

        return moved;
    }

    private async Task<List<StoredObject>> FindAsync(StepContext context, CancellationToken cancel)
    {
        HashSet<string>? only = reload.OnlyObjects?.ToHashSet(StringComparer.Ordinal);
        return only is { Count: 0 } ? [] : [.. (await Lake(context).ListAsync(reload.Prefix, cancel: cancel).ToListAsync(cancel).ConfigureAwait(false)).Where(stored => only?.Contains(stored.Key) != false)];
    }

    private IObjectStore Lake(StepContext context) => context.Installation.Storage(reload.Storage);

    private Quarantine QuarantineOf(StepContext context) => new(context, Lake(context), Moves, $"corrupted: {reload.Reason}");
}
