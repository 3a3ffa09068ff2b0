using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>Starts the new route's first sync, or takes the one that an orchestrator has started meanwhile.</summary>
internal sealed class StartSyncStep(FailoverPlan plan) : FailoverStep(plan)
{
    /// <summary>The fact that keeps the id of the job.</summary>
    public const string Job = "sync_job";

    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(90);

    /// <inheritdoc />
    public override string Name => "start_sync";

    /// <inheritdoc />
    public override string Title => $"Start a sync of {Plan.To}";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Modified(Plan.To, "sync started");

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        Sync sync = await FindAsync(context, cancel).ConfigureAwait(false) ?? await context.PersistAsync(
            c => context.StartSyncAsync(Plan.To.Connection.ConnectionId, stop => FindAsync(context, stop), c), cancel).ConfigureAwait(false);
        context.Facts.Set(Job, sync.JobId);
        await context.SaveAsync(cancel).ConfigureAwait(false);
        context.Tell($"{sync} of '{Plan.To.Connection.Name}'");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        if (!context.Facts.Has(Job) && await FindAsync(context, cancel).ConfigureAwait(false) is { } sync)
        {
            context.Facts.Set(Job, sync.JobId);
        }

        return context.Facts.Has(Job);
    }

    /// <inheritdoc />
    /// <remarks>
    /// What the sync wrote is moved to quarantine: the old route reads it again, from where it stood itself. Where nothing may be deleted,
    /// it stays, and is told: a switch that can neither be finished nor taken back would be worse.
    /// </remarks>
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if (await FindAsync(context, cancel).ConfigureAwait(false) is not { } sync)
        {
            return;
        }

        await LaterSyncs.RefuseAsync(context, Plan.To, sync, cancel).ConfigureAwait(false);
        if (await NewestSyncAsync(context, Plan.To, cancel).ConfigureAwait(false) is { IsTerminal: false } running)
        {
            context.Tell($"{await context.CancelAsync(running, CancelLimit, cancel).ConfigureAwait(false)}");
        }

        try
        {
            await new Quarantine(
                context, context.Installation.Storage(Plan.To.Route.Storage), "undone_moves", $"written by route {Plan.To} before the switch was taken back")
                .EmptyAsync(async c => [.. (await LandedStreams.FindAsync(context, Plan.To, sync, c).ConfigureAwait(false)).SelectMany(s => s.Objects)], cancel).ConfigureAwait(false);
        }
        catch (AcodeException refused) when (refused.Cause == FailureClass.Permission && Plan.To.Route.Storage.IsKept())
        {
            context.Tell($"what the sync wrote under {Plan.To.Route.Location} stays, since nothing may be deleted there, and whoever reads both lakes sees it twice: {refused.Message}");
        }
    }

    /// <summary>The sync that was started by this step, or by somebody else since the route was switched on.</summary>
    private async Task<Sync?> FindAsync(StepContext context, CancellationToken cancel) =>
        context.Facts.Get<long?>(Job) is { } id
            ? await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(id, c), cancel).ConfigureAwait(false)
            : await NewestSyncAsync(context, Plan.To, cancel).ConfigureAwait(false) is { } newest && newest.JobId > context.Facts.Get<long>(SwitchOnStep.NewestJob) ? newest : null;
}
