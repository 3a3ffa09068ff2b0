using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>
/// Makes the connection of the rehearsal in Airbyte: like the standby's, with the run's mark before its streams' names. Taken
/// back, nothing of the rehearsal is left: all that it makes hangs on this connection.
/// </summary>
internal sealed class CreateShadowConnectionStep(DrillPlan plan) : DrillStep(plan)
{
    /// <summary>The fact that keeps where the drill's objects land.</summary>
    public const string Place = "shadow_location";

    /// <inheritdoc />
    public override string Name => "create_shadow_connection";

    /// <inheritdoc />
    public override string Title => "Make the drill's connection";

    // Airbyte looks at the source's tables first, which may start a pod.

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Audited(context, AuditEventType.ConnectionCreated, "shadow connection of a drill");

    /// <inheritdoc />
    public override Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        context.Facts.Set(ShadowRemoval.CleanUp, new DrillCleanUp());
        context.Facts.Set(Place, Shadow(context).Location(context.Now));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        ShadowRoute shadow = Shadow(context);
        context.Facts.Set(ShadowRemoval.CleanUp, new DrillCleanUp());

        // Each round looks first: an answer that was lost may have been one of success.
        Connection made = await context.PersistAsync(
            async c => (await ShadowRemoval.FindAsync(context, shadow, c).ConfigureAwait(false)).FirstOrDefault()
                ?? await context.Installation.Airbyte.CopyConnectionAsync(Plan.To.Connection.ConnectionId, shadow.ConnectionName, shadow.Prefix, c).ConfigureAwait(false),
            cancel).ConfigureAwait(false);
        context.Facts.Set(ShadowId, made.ConnectionId);
        await context.SaveAsync(cancel).ConfigureAwait(false);
        context.Tell($"'{made.Name}' ({made.ConnectionId}), like '{Plan.To.Connection.Name}': data lands in {shadow.Location(context.Now)}…");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        List<Connection> found = await ShadowRemoval.FindAsync(context, Shadow(context), cancel).ConfigureAwait(false);
        if (found.FirstOrDefault(c => c.Status == ConnectionStatus.Active) is not { } made)
        {
            return false;
        }

        if (context.Facts.Get<Guid>(ShadowId) != made.ConnectionId)
        {
            context.Facts.Set(ShadowId, made.ConnectionId);
        }

        return true;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        ShadowRemoval removal = Removal(context);
        await removal.RemoveConnectionAsync(cancel).ConfigureAwait(false);
        await removal.RemoveObjectsAsync(cancel).ConfigureAwait(false);
    }
}
