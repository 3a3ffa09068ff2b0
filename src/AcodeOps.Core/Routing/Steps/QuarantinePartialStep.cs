using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Moves what a stopped snapshot left half-written out of the lake: the objects that the old route's last sync wrote, where
/// it did not succeed. Incremental streams are left alone: what landed of them is whole, and their state says how far.
/// Taking the switch back leaves the objects in quarantine: half a snapshot is no data, and the old route writes a whole one.
/// </summary>
internal sealed class QuarantinePartialStep(FailoverPlan plan) : FailoverStep(plan)
{
    /// <summary>The fact that names the manifests.</summary>
    public const string Manifests = "quarantined_partial";

    private static readonly TimeSpan OtherLakeLimit = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public override string Name => "quarantine_half_written";

    /// <inheritdoc />
    public override string Title => "Quarantine what the stopped sync left";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public override AuditEvent? Audit(StepContext context) => OldRoutes.FirstOrDefault() is { } route
        ? new() { EventType = AuditEventType.DataAccess, Subject = $"Route {route}", Reason = "half-written snapshot to quarantine" } : null;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        List<string> manifests = [];
        foreach (PlannedRoute route in OldRoutes)
        {
            IObjectStore lake = context.Installation.Storage(route.Route.Storage);
            Quarantine quarantine = new(context, lake, $"partial_moves_{route.Route.Name}", $"half-written by route {route}");
            try
            {
                manifests.AddRange(await quarantine.EmptyAsync(c => FindAsync(context, route, c), cancel).ConfigureAwait(false));
            }
            catch (AcodeException refused) when (refused.Cause == FailureClass.Permission && MayStay(route))
            {
                // What nothing may be deleted from must not hold up the switch to the other lake.
                context.Facts.Set(Stays(route), true);
                context.Tell($"what the stopped sync left under {route.Route.Location} stays, since nothing may be deleted there: {refused.Message}");
            }
        }

        context.Facts.Set(Manifests, manifests);
        if (manifests.Count == 0)
        {
            context.Tell("nothing half-written was found");
        }
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        foreach (PlannedRoute route in OldRoutes)
        {
            if (!context.Facts.Has(Stays(route)) && (await FindAsync(context, route, cancel).ConfigureAwait(false)).Count > 0)
            {
                return false;
            }
        }

        return context.Facts.Has(Manifests);
    }

    private static string Stays(PlannedRoute route) => $"partial_stays_{route.Route.Name}";

    private bool MayStay(PlannedRoute route) => route.Route.Storage.IsKept() && route.Route.Storage != Plan.To.Route.Storage;

    /// <summary>
    /// What is half-written in the lake that a route wrote. A lake that is left because it is away cannot be looked at, and
    /// that must not hold up the switch to the other: it is told, and stays as it is.
    /// </summary>
    private async Task<List<StoredObject>> FindAsync(StepContext context, PlannedRoute route, CancellationToken cancel)
    {
        if (route.Route.Storage == Plan.To.Route.Storage)
        {
            return await FindPartialAsync(context, route, cancel).ConfigureAwait(false);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(OtherLakeLimit);
        try
        {
            return await FindPartialAsync(context, route, limit.Token).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            return Unseen(failure.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Unseen($"it did not answer within {OtherLakeLimit.TotalSeconds:0} s.");
        }

        List<StoredObject> Unseen(string why)
        {
            string told = $"whether the stopped sync left something under {route.Route.Location} could not be seen, and it stays: {why}";
            if (!context.Evidence.Contains(told))
            {
                context.Tell(told);
            }

            return [];
        }
    }

    private async Task<List<StoredObject>> FindPartialAsync(StepContext context, PlannedRoute route, CancellationToken cancel)
    {
        List<Sync> newest = await NewestAsync(context, route, cancel).ConfigureAwait(false);
        if (newest.Count == 0 || newest[0] is { Status: SyncStatus.Succeeded } or { StartedAt: null })
        {
            return [];
        }

        // Failed syncs in a row have each left their part.
        Sync first = newest.TakeWhile(s => s.Status != SyncStatus.Succeeded).Last(s => s.StartedAt is not null);
        Sync? before = newest.SkipWhile(s => s.Status != SyncStatus.Succeeded).FirstOrDefault();
        DateTimeOffset from = JobWindow.Start(first, before);
        IObjectStore store = context.Installation.Storage(route.Route.Storage);
        List<StoredObject>[] each = await Task.WhenAll(route.SnapshotStreams.Select(async stream =>
        {
            List<StoredObject> written = await context.PersistAsync(c => LandedObjects.FindAsync(store, route, stream, from, until: null, context.Now, c), cancel).ConfigureAwait(false);
            OthersSnapshots others = written.Count == 0 ? OthersSnapshots.None
                : await OthersSnapshots.FindAsync(context, route, stream, Plan.From.Append(Plan.To), newest, cancel).ConfigureAwait(false);
            return written.Where(stored => !others.Wrote(stored)).ToList();
        })).ConfigureAwait(false);
        return [.. each.SelectMany(objects => objects)];
    }

    private static Task<List<Sync>> NewestAsync(StepContext context, PlannedRoute route, CancellationToken cancel) => context.PersistAsync(
        async c =>
        {
            const int Enough = 20;
            List<Sync> newest = [];
            await foreach (Sync sync in context.Installation.Airbyte.ListSyncsAsync(route.Connection.ConnectionId, c).ConfigureAwait(false))
            {
                newest.Add(sync);
                if (newest.Count == Enough || (sync.Status == SyncStatus.Succeeded && newest.Count > 0))
                {
                    break;
                }
            }

            return newest;
        },
        cancel);
}
