using AcodeOps.Audit;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Starts the sync of the shadow connection. It ends with that connection, whose removal ends it first.</summary>
internal sealed class StartShadowSyncStep(DrillPlan plan) : DrillStep(plan)
{
    /// <summary>The fact that keeps the id of the job.</summary>
    public const string Job = "shadow_job";

    /// <inheritdoc />
    public override string Name => "start_shadow_sync";

    /// <inheritdoc />
    public override string Title => "Start a sync of the drill's connection";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Audited(context, AuditEventType.ConnectionModified, "sync started");

    /// <inheritdoc />
    public override Task PrepareAsync(StepContext context, CancellationToken cancel) => SnapshotProof.RememberAsync(context, Planned(context), cancel);

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        Guid connection = context.Facts.Get<Guid>(ShadowId);
        Sync sync = await FindAsync(context, cancel).ConfigureAwait(false)
            ?? await context.PersistAsync(c => context.StartSyncAsync(connection, stop => FindAsync(context, stop), c), cancel).ConfigureAwait(false);
        context.Facts.Set(Job, sync.JobId);
        await context.SaveAsync(cancel).ConfigureAwait(false);
        context.Tell($"{sync}");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        if (await FindAsync(context, cancel).ConfigureAwait(false) is not { } sync)
        {
            return false;
        }

        context.Facts.Set(Job, sync.JobId);
        return true;
    }

    // Nobody else syncs this connection. One that was cancelled when the run was taken back half-way proves nothing.
    private static async Task<Sync?> FindAsync(StepContext context, CancellationToken cancel) =>
        await context.NewestSyncAsync(context.Facts.Get<Guid>(ShadowId), cancel).ConfigureAwait(false) is { Status: not SyncStatus.Cancelled } newest ? newest : null;
}
