using System.Collections.Concurrent;
using System.Globalization;
using AcodeOps.Audit;
using AcodeOps.Routing;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption.Steps;

/// <summary>
/// A cursor that was set back reads on through what later partitions hold. Older objects whose every row is loaded once more
/// are moved to quarantine, so that nobody counts them twice. One that holds anything else stays, and what it has twice is told.
/// </summary>
internal sealed class KeepOneCopyStep(ReloadPlan reload) : FailoverStep(reload.Switch)
{
    /// <summary>The fact that names the manifests.</summary>
    public const string Manifests = "quarantined_copies";

    /// <summary>The fact that tells how many rows are there twice all the same.</summary>
    public const string StillTwice = "rows_still_twice";

    private const int ReadsAtOnce = 8;

    /// <inheritdoc />
    public override string Name => "keep_one_copy";

    /// <inheritdoc />
    public override string Title => "Keep one copy of what was read again";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => new() { EventType = AuditEventType.DataAccess, Subject = $"Route {Plan.To}", Reason = "objects that were loaded once more to quarantine" };

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        long? twice = null;
        IReadOnlyList<string> manifests = await QuarantineOf(context).EmptyAsync(
            async c =>
            {
                (List<StoredObject> copies, twice) = await FindAsync(context, c).ConfigureAwait(false);
                return copies;
            },
            cancel).ConfigureAwait(false);
        context.Facts.Set(StillTwice, twice);
        context.Facts.Set(Manifests, manifests);
        context.Tell($"{twice?.ToString("N0", CultureInfo.InvariantCulture) ?? "An unknown number of"} rows are in the lake twice");
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Has(Manifests));

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        long job = context.Facts.Get<long>(StartSyncStep.Job);
        if (await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(job, c), cancel).ConfigureAwait(false) is { } sync)
        {
            await LaterSyncs.RefuseAsync(context, Plan.To, sync, cancel).ConfigureAwait(false);
        }

        await QuarantineOf(context).ReturnAsync(cancel).ConfigureAwait(false);
    }

    private IObjectStore Lake(StepContext context) => context.Installation.Storage(reload.Storage);

    private Quarantine QuarantineOf(StepContext context) => new(context, Lake(context), "copy_moves", $"loaded once more by route {Plan.To}");

    /// <summary>The objects that hold nothing but what was loaded again, and how many rows others hold of it; null where that is not known.</summary>
    private async Task<(List<StoredObject> Copies, long? Twice)> FindAsync(StepContext context, CancellationToken cancel)
    {
        string key = context.Installation.Environment.TableOf(reload.StreamOf()).Key;
        LandedStream landed = await ReloadedObjects.ReadAsync(context, reload, cancel).ConfigureAwait(false);
        if (await LakeKeys.ReadAsync(context.Installation.Lake, Lake(context), landed.Objects, key, cursor: null, upTo: null, cancel).ConfigureAwait(false) is not { } again)
        {
            context.Tell("What was loaded is too much to be compared with older objects: they stay");
            return ([], null);
        }

        HashSet<string> own = [.. landed.Objects.Select(o => o.Key)];
        ConcurrentBag<StoredObject> copies = [];
        long twice = 0;
        int unread = 0;
        await Parallel.ForEachAsync(OlderAsync(context, cancel), new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancel }, async (older, stop) =>
        {
            if (own.Contains(older.Key) || !await MayHoldAsync(context, older, stop).ConfigureAwait(false))
            {
                return;
            }

            if (await LakeKeys.ReadAsync(context.Installation.Lake, Lake(context), [older], key, cursor: null, upTo: null, stop).ConfigureAwait(false) is not { } keys)
            {
                Interlocked.Increment(ref unread);
                return;
            }

            int shared = keys.Count(again.Contains);
            if (shared > 0 && shared == keys.Count)
            {
                copies.Add(older);
            }
            else
            {
                Interlocked.Add(ref twice, shared);
            }
        }).ConfigureAwait(false);
        return ([.. copies.OrderBy(o => o.Key, StringComparer.Ordinal)], unread == 0 ? twice : null);
    }

    /// <summary>The stream's objects from the partition on that told where to read; all of them where it was read from the beginning.</summary>
    private IAsyncEnumerable<StoredObject> OlderAsync(StepContext context, CancellationToken cancel)
    {
        ConnectionStream stream = reload.StreamOf();
        return context.Facts.Get<SetBackCursor>(SetCursorBackStep.Cursor)?.FirstDay is { } day
            ? LandedObjects.ListAsync(Lake(context), Plan.To, stream, day, DateTimeOffset.MinValue, until: null, context.Now, cancel)
            : Lake(context).ListAsync(StreamPlace.Of(Plan.To, stream).Folder, cancel: cancel);
    }

    private async Task<bool> MayHoldAsync(StepContext context, StoredObject older, CancellationToken cancel)
    {
        if (context.Facts.Get<SetBackCursor>(SetCursorBackStep.Cursor) is not { New: { } from } cursor)
        {
            return true;
        }

        try
        {
            LakeFile file = await context.Installation.Lake.ReadFooterAsync(Lake(context), older, [cursor.Field], cancel).ConfigureAwait(false);
            return file.Rows > 0 && !(file.Ranges.GetValueOrDefault(cursor.Field) is { } range && CursorOrder.Compare(range.Greatest, from) < 0);
        }
        catch (AcodeException failure) when (PartitionContent.IsDamage(failure))
        {
            // It is counted as unread.
            return true;
        }
    }
}
