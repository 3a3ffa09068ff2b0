using System.Globalization;
using AcodeOps.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Leaves one snapshot in the day's partition: an older one of the same day, by whichever route, is moved to quarantine now
/// that the new one is proven complete, so that nobody counts the day twice. One that reaches further than the new stays.
/// </summary>
internal sealed class KeepOneSnapshotStep(FailoverPlan plan) : FailoverStep(plan)
{
    /// <summary>The fact that names the manifests.</summary>
    public const string Manifests = "quarantined_older";

    /// <inheritdoc />
    public override string Name => "keep_one_snapshot";

    /// <inheritdoc />
    public override string Title => "Keep one snapshot of the day";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) =>
        new() { EventType = AuditEventType.DataAccess, Subject = $"Route {Plan.To}", Reason = "older snapshot of the day to quarantine" };

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        IReadOnlyList<string> manifests = await MoveOlderAsync(context, cancel).ConfigureAwait(false);
        context.Facts.Set(Manifests, manifests);
        if (manifests.Count == 0)
        {
            context.Tell("nothing older was moved from the day's partition");
        }
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Has(Manifests));

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if (await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(context.Facts.Get<long>(StartSyncStep.Job), c), cancel).ConfigureAwait(false) is { } sync)
        {
            await LaterSyncs.RefuseAsync(context, Plan.To, sync, cancel).ConfigureAwait(false);
        }

        await QuarantineOf(context).ReturnAsync(cancel).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> MoveOlderAsync(StepContext context, CancellationToken cancel)
    {
        try
        {
            return await QuarantineOf(context).EmptyAsync(c => OlderAsync(context, c), cancel).ConfigureAwait(false);
        }
        catch (AcodeException refused) when (refused.Cause == FailureClass.Permission && Plan.To.Route.Storage.IsKept())
        {
            context.Tell($"an older snapshot of the day stays, and readers of the day see both, since nothing may be deleted there: {refused.Message}");
            return [];
        }
    }

    private Quarantine QuarantineOf(StepContext context) => new(
        context, context.Installation.Storage(Plan.To.Route.Storage), "older_moves", $"superseded by the snapshot of route {Plan.To}");

    private async Task<List<StoredObject>> OlderAsync(StepContext context, CancellationToken cancel)
    {
        Sync? sync = await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(context.Facts.Get<long>(StartSyncStep.Job), c), cancel).ConfigureAwait(false);
        if (sync?.StartedAt is not { } startedAt)
        {
            return [];
        }

        IObjectStore store = context.Installation.Storage(Plan.To.Route.Storage);
        List<StoredObject> all = [];
        foreach (LandedStream landed in (await LandedStreams.FindAsync(context, Plan.To, sync, cancel).ConfigureAwait(false)).Where(s => !s.Stream.IsIncremental && s.Objects.Count > 0))
        {
            // Only where the path tells days apart: else all days' snapshots would seem to be one.
            (string prefix, bool isOfOneDay) = LandingPath.PrefixOf(Plan.To.Connection, landed.Stream, Plan.To.Destination, DateOnly.FromDateTime(startedAt.UtcDateTime));
            if (!isOfOneDay)
            {
                continue;
            }

            HashSet<string> own = [.. landed.Objects.Select(o => o.Key)];
            List<StoredObject> older = await context.PersistAsync(c => ListAsync(store, prefix, own, c), cancel).ConfigureAwait(false);
            TableDefinition table = context.Installation.Environment.TableOf(landed.Stream);
            LandedStream before;
            try
            {
                before = await LandedStreams.ReadAsync(context, Plan.To, landed with { Objects = older }, [table.Key], cancel).ConfigureAwait(false);
            }
            catch (AcodeException damaged) when (damaged.Id == "LakeFileUnreadable")
            {
                context.Tell($"{landed.Stream.Name}: an older object of the day cannot be read, so all of them stay under {prefix}, and readers of the day see both: {damaged.Message}");
                continue;
            }

            LandedStream now = await LandedStreams.ReadAsync(context, Plan.To, landed, [table.Key], cancel).ConfigureAwait(false);
            if (older.Count > 0 && !(SnapshotProof.Reach(now, table) >= (SnapshotProof.Reach(before, table) ?? 0)))
            {
                context.Tell(string.Create(CultureInfo.InvariantCulture,
                    $"{landed.Stream.Name}: older objects of the day reach further than the new snapshot ({before.Rows:N0} rows, and {now.Rows:N0}): both stay under {prefix}, and readers of the day see both"));
                continue;
            }

            all.AddRange(older);
        }

        return all;
    }

    private static async Task<List<StoredObject>> ListAsync(IObjectStore store, string prefix, HashSet<string> without, CancellationToken cancel)
    {
        List<StoredObject> found = [];
        await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
        {
            if (!without.Contains(stored.Key))
            {
                found.Add(stored);
            }
        }

        return found;
    }
}
