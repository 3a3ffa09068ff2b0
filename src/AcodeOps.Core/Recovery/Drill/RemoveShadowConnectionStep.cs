using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Deletes the connection of the rehearsal.</summary>
internal sealed class RemoveShadowConnectionStep(DrillPlan plan) : DrillStep(plan)
{
    /// <inheritdoc />
    public override string Name => "remove_shadow_connection";

    /// <inheritdoc />
    public override string Title => "Delete the drill's connection";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Audited(context, AuditEventType.ConnectionDeleted, "shadow connection of a drill");

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel) => Removal(context).RemoveConnectionAsync(cancel);

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        (await ShadowRemoval.FindAsync(context, Shadow(context), cancel).ConfigureAwait(false)).Count == 0;
}
